// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import dev.divan.itests.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody at Karaf's shell, who types keys and reads the screen. */
final class Keyboard implements AutoCloseable {
  static final String TAB = "\t";
  private static final String ENTER = "\r";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process client;
  private final Writer keys;
  private final StringBuffer screen = new StringBuffer();

  /**
   * @param client Karaf's own, with its errors on its output
   */
  Keyboard(Process client) throws IOException, InterruptedException {
    this.client = client;
    keys = client.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> read(client.getInputStream()), "screen of " + client.pid());
    reader.setDaemon(true);
    reader.start();
    await("@root");
    // It sees no terminal and would take TAB for a letter.
    enter("shell:keymap -e");
  }

  private void read(InputStream output) {
    char[] some = new char[4096];
    try (Reader reader = new InputStreamReader(output, StandardCharsets.UTF_8)) {
      for (int count = reader.read(some); count >= 0; count = reader.read(some))
        screen.append(some, 0, count);
    } catch (IOException e) {
      // The client is gone.
    }
  }

  /** Types a line, and returns what is on the screen when it has been carried out. */
  String enter(String line) throws IOException, InterruptedException {
    keys.write(line + ENTER + "shell:echo 'do'ne" + ENTER);
    keys.flush();
    return await("done");
  }

  /** Waits until something is to be read, and returns all that is since the last time. */
  private String await(String text) throws InterruptedException {
    Await.that(PATIENCE, () -> screen.indexOf(text) >= 0, () -> text + " is not in\n" + screen);
    String all = screen.toString();
    int end = all.indexOf(text) + text.length();
    screen.delete(0, end);
    return all.substring(0, end);
  }

  @Override
  public void close() {
    client.descendants().forEach(ProcessHandle::destroyForcibly);
    client.destroyForcibly();
  }
}
