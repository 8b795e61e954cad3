// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The fenced blocks of a page of documentation, which tests carry out as they are written. */
final class Page {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");

  /**
   * @param language after the fence: what to do with it
   */
  record Block(String language, List<String> lines) {}

  private Page() {}

  /**
   * @param port stands in for the one that the page tells, as that may be taken here
   */
  static List<Block> read(Path file, int port) throws IOException {
    String text = Files.readString(file).replace("4984", "" + port);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find())
      blocks.add(new Block(matcher.group(1), matcher.group(2).lines().toList()));
    return blocks;
  }

  /** Whether lines were printed, in that order; an ellipsis stands for anything, as do blanks. */
  static boolean tells(String output, List<String> lines) {
    String wanted =
        lines.stream()
            .map(
                line ->
                    Arrays.stream(line.trim().split("…|\\s+"))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*?")))
            .collect(Collectors.joining(".*?\n.*?"));
    return Pattern.compile(wanted, Pattern.DOTALL).matcher(output).find();
  }
}
