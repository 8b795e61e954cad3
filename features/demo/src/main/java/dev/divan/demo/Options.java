// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param home where the two nodes' folders are made; null for a new temporary folder
 * @param port the gateway's; 0 for any free one
 * @param terminal whether progress can be written over
 * @param stay whether the nodes keep running after the story
 */
record Options(@Nullable Path home, int port, boolean terminal, boolean stay) {
  static final String USAGE =
      """
      usage: java -jar divan-demo.jar [--home DIR] [--port PORT] [--stay] [--terminal]

        --home DIR     where the folders of the two nodes are made; else in a new temporary folder
        --port PORT    where the gateway listens; else any free port
        --stay         keeps both nodes running after the story, until Ctrl-C
        --terminal     shows progress on one line that changes
      """;

  static Options parse(List<String> arguments) throws StoryException {
    Path home = null;
    int port = 0;
    boolean terminal = false;
    boolean stay = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--home" -> home = Path.of(value(option, rest)).toAbsolutePath().normalize();
        case "--port" -> port = port(value(option, rest));
        case "--terminal" -> terminal = true;
        case "--stay" -> stay = true;
        default -> throw new StoryException("no such option: " + option + "\n\n" + USAGE);
      }
    }
    return new Options(home, port, terminal, stay);
  }

  private static String value(String option, Iterator<String> rest) throws StoryException {
    if (!rest.hasNext()) throw new StoryException(option + " needs a value\n\n" + USAGE);
    return rest.next();
  }

  private static int port(String text) throws StoryException {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) return port;
    } catch (NumberFormatException e) {
      throw new StoryException("--port: not a number: " + text);
    }
    throw new StoryException("--port: no such port: " + text);
  }

  /** The node's jar: what {@code -Ddivan.node} says, else the one beside the demo's. */
  static Path nodeJar() throws StoryException {
    String given = System.getProperty("divan.node");
    Path jar = given == null ? ownJar().resolveSibling("divan-node.jar") : Path.of(given);
    if (!Files.isRegularFile(jar))
      throw new StoryException("there is no node at " + jar.toAbsolutePath() + "; build it first");
    return jar.toAbsolutePath();
  }

  static Path ownJar() throws StoryException {
    try {
      Path jar = Path.of(Story.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isRegularFile(jar)) return jar;
      throw new StoryException("the demo runs from its jar only, not from " + jar);
    } catch (URISyntaxException e) {
      throw new StoryException("cannot find the jar this was started from: " + e.getMessage());
    }
  }
}
