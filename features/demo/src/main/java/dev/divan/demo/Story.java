// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code java -jar divan-demo.jar}. */
public final class Story {
  /** Nobody watches a demo that hangs longer than this, in s. */
  private static final int PATIENCE_SECONDS = 60;

  private static final int FAILED = 1;

  private Story() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.USAGE);
      return;
    }
    System.exit(tell(arguments));
  }

  private static int tell(String[] arguments) throws InterruptedException {
    try {
      Options options = Options.parse(List.of(arguments));
      Terminal terminal = new Terminal(System.out, options.terminal());
      try (Cast cast = new Cast(Options.nodeJar(), Options.ownJar(), folder(options))) {
        Thread watchdog = watchdog(cast);
        new Tale(terminal, cast, options).tell();
        watchdog.interrupt();
        if (options.stay()) cast.awaitEnd();
      }
      return 0;
    } catch (StoryException e) {
      System.err.println("\nThe story ends here: " + e.getMessage());
    } catch (IOException e) {
      System.err.println("\nThe story ends here: a file cannot be written or a node started: " + e);
    }
    return FAILED;
  }

  private static Path folder(Options options) throws IOException {
    return options.home() == null
        ? Files.createTempDirectory("divan-demo-")
        : Files.createDirectories(options.home());
  }

  private static Thread watchdog(Cast cast) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(PATIENCE_SECONDS * 1000L);
              } catch (InterruptedException e) {
                return; // the story has ended in time
              }
              System.err.println(
                  "\nThe story ends here: it takes longer than "
                      + PATIENCE_SECONDS
                      + " s. "
                      + cast.logs());
              System.exit(FAILED);
            },
            "watchdog");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
