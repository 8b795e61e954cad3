// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.itests.Await;
import dev.divan.itests.NodeProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A configuration file in which properties are changed again and again, and what is logged. */
final class LiveFile {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path home;
  private final String file;
  private final String line;
  private final Map<String, String> lines = new LinkedHashMap<>();
  private final Map<String, List<String>> turns = new LinkedHashMap<>();
  private final Map<String, Integer> changes = new TreeMap<>();

  /**
   * @param line how the line of a change looks, as a regular expression with %s for the property
   */
  LiveFile(Path home, String file, String line) {
    this.home = home;
    this.file = file;
    this.line = line;
  }

  /** Says something that stays, or until it is set otherwise. */
  LiveFile with(String property, String value) {
    lines.put(property, property + " = " + value);
    return this;
  }

  LiveFile without(String property) {
    lines.remove(property);
    return this;
  }

  /** Has a property take turns between lines. */
  LiveFile turning(String property, String... values) {
    turns.put(property, List.of(values));
    lines.put(property, values[0]);
    return this;
  }

  /** The properties that take turns. */
  Set<String> turning() {
    return new TreeSet<>(turns.keySet());
  }

  void write() throws IOException {
    lay(home.resolve("etc").resolve(file), bytes(lines.values().toArray(String[]::new)));
  }

  /** Lays a file into {@code etc}. */
  static void lay(Path home, String file, String... lines) throws IOException {
    lay(home.resolve("etc").resolve(file), bytes(lines));
  }

  private static byte[] bytes(String... lines) {
    return String.join("\n", lines).concat("\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Puts a file in the place of another, which is never missing: a move that only replaces deletes
   * first, and a file that is gone for a moment is a configuration deleted.
   */
  static void lay(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    // not in the folder itself, which is watched
    Path written = file.getParent().resolveSibling(file.getFileName() + ".new");
    Files.move(Files.write(written, bytes), file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Writes all that take turns anew. */
  void turn(int round) throws IOException {
    for (Map.Entry<String, List<String>> each : turns.entrySet()) {
      String next = each.getValue().get(round % each.getValue().size());
      if (!next.equals(lines.put(each.getKey(), next)))
        changes.merge(each.getKey(), 1, Integer::sum);
    }
    write();
  }

  /** How many properties have been changed so far. */
  int changes() {
    return changes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Waits until each change so far has been said, once. */
  void awaitSaid(NodeProcess node) throws InterruptedException {
    Await.that(
        PATIENCE,
        () -> said(node).equals(changes),
        () -> file + ": said " + said(node) + " of " + changes + "\n" + relevant(node));
  }

  private Map<String, Integer> said(NodeProcess node) {
    Map<String, Integer> said = new TreeMap<>();
    String log = node.log();
    for (String property : changes.keySet()) {
      int count = (int) Pattern.compile(line.formatted(property)).matcher(log).results().count();
      if (count > 0) said.put(property, count);
    }
    return said;
  }

  private static String relevant(NodeProcess node) {
    List<String> lines = new ArrayList<>(node.log().lines().toList());
    lines.removeIf(each -> each.contains("conflict of"));
    return String.join("\n", lines);
  }
}
