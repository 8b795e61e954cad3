// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param home the folder with {@code etc} and {@code data}
 * @param shell whether to open a shell on the terminal
 * @param log the level of Divan's own loggers
 */
record Options(Path home, boolean shell, String log) {
  static final String USAGE =
      """
      usage: java -jar divan-node.jar --home DIR [--shell] [--log LEVEL]

        --home DIR    configuration is read from DIR/etc (*.cfg, *.config, *.cfg.json), data is kept in DIR/data,
                      bundles of your own are taken from DIR/deploy (*.jar)
        --shell       opens a shell on the terminal
        --log LEVEL   error, warn, info (the default), debug or trace, for Divan's own messages, on stderr
        --help        prints this

      Prints a line "listening URL" for each listener, and "ready". SIGTERM stops it.
      """;
  private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

  /** The command line was not understood; the message says why. */
  static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }

  /**
   * @return null if help was asked for
   */
  static @Nullable Options parse(List<String> arguments) throws UsageException {
    Path home = null;
    boolean shell = false;
    String log = "info";
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--help", "-h" -> {
          return null;
        }
        case "--shell" -> shell = true;
        case "--home" -> home = path(value(option, rest));
        case "--log" -> {
          log = value(option, rest).toLowerCase(Locale.ROOT);
          if (!LEVELS.contains(log)) throw new UsageException("--log: no such level: " + log);
        }
        default -> throw new UsageException("no such option: " + option);
      }
    }
    if (home == null) throw new UsageException("--home DIR is needed");
    return new Options(home, shell, log);
  }

  private static String value(String option, Iterator<String> rest) throws UsageException {
    if (!rest.hasNext()) throw new UsageException(option + " needs a value");
    return rest.next();
  }

  private static Path path(String text) throws UsageException {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new UsageException("--home: not a path: " + text);
    }
  }
}
