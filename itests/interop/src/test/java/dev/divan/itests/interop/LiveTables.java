// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the README of a bundle says that a change of each property is. */
final class LiveTables {
  private static final Set<String> CLASSES = Set.of("hot", "session", "rebind", "fixed");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern ATTRIBUTE = Pattern.compile("<AD id=\"([^\"]+)\"");
  private static final Path NODE = Path.of("target", "divan-node.jar");

  private LiveTables() {}

  /**
   * The hot properties of a factory; {@code x.target} is another way to say {@code x}. Fails if the
   * table and the metatype do not have the same properties.
   *
   * @param pid of the factory, {@code dev.divan.BUNDLE}
   */
  static Set<String> hot(String pid) throws IOException {
    Map<String, String> classes = classes(pid);
    assertEquals(metatype(pid), classes.keySet(), "metatype and README of " + pid);
    return classes.entrySet().stream()
        .filter(each -> each.getValue().equals("hot"))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** From the table in the section of the factory, or the first, if no heading names it. */
  private static Map<String, String> classes(String pid) throws IOException {
    String bundle = pid.substring(pid.lastIndexOf('.') + 1);
    List<String> lines = Files.readAllLines(Path.of("..", "..", "bundles", bundle, "README.md"));
    Map<String, String> classes = new TreeMap<>();
    for (String line : lines.subList(heading(lines, pid), lines.size())) {
      if (line.startsWith("#") && !classes.isEmpty()) break;
      if (!line.startsWith("| `")) continue;
      List<String> cells =
          Arrays.stream(line.split("(?<!\\\\)\\|")).map(String::strip).skip(1).toList();
      for (String name : matches(QUOTED, cells.get(0))) classes.put(name, kind(cells));
    }
    return classes;
  }

  private static int heading(List<String> lines, String pid) {
    for (int i = 0; i < lines.size(); i++)
      if (lines.get(i).startsWith("## ") && lines.get(i).contains("`" + pid + "`")) return i;
    return 0;
  }

  private static String kind(List<String> cells) {
    for (String cell : cells.subList(1, cells.size())) {
      String word = cell.split("[ ,]", 2)[0];
      if (CLASSES.contains(word)) return word;
    }
    throw new AssertionError("no class in " + cells);
  }

  /** From the bundle as it is in the node. */
  private static Set<String> metatype(String pid) throws IOException {
    try (JarFile node = new JarFile(NODE.toFile());
        JarInputStream bundle =
            new JarInputStream(node.getInputStream(node.getEntry("bundles/" + pid + ".jar")))) {
      for (var entry = bundle.getNextEntry(); entry != null; entry = bundle.getNextEntry()) {
        if (!entry.getName().startsWith("OSGI-INF/metatype/")) continue;
        String xml = new String(bundle.readAllBytes(), StandardCharsets.UTF_8);
        if (xml.contains("factoryPid=\"" + pid + "\"")) return matches(ATTRIBUTE, xml);
      }
    }
    throw new AssertionError("no metatype of " + pid);
  }

  private static Set<String> matches(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1).replaceFirst("\\.target$", ""))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
