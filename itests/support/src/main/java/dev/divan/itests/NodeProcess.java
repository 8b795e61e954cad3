// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code divan-node.jar} on a home folder, driven as users drive it: by files in {@code etc} and by
 * what it prints.
 */
public final class NodeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path JAR = Path.of("target", "divan-node.jar");
  private final Path home;
  private ChildProcess child;

  private NodeProcess(Path home, ChildProcess child) {
    this.home = home;
    this.child = child;
  }

  /** Starts one on a folder, and waits until it is ready. */
  public static NodeProcess start(Path home, String... options)
      throws IOException, InterruptedException {
    NodeProcess node = new NodeProcess(home, launch(home, options));
    node.awaitReady();
    return node;
  }

  /** Starts it anew, after it has been terminated or killed. */
  public void restart(String... options) throws IOException, InterruptedException {
    child = launch(home, options);
    awaitReady();
  }

  private static ChildProcess launch(Path home, String... options) throws IOException {
    Files.createDirectories(home);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--home",
                home.toString()));
    command.addAll(List.of(options));
    return ChildProcess.start(new ProcessBuilder(command), errors(home).toFile());
  }

  /** Lays a configuration file into {@code etc}, whole or not at all. */
  public static void configure(Path home, String file, String... lines) throws IOException {
    Path etc = Files.createDirectories(home.resolve("etc"));
    Path written = Files.writeString(home.resolve(file + ".new"), String.join("\n", lines) + "\n");
    Files.move(written, etc.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  public void configure(String file, String... lines) throws IOException {
    configure(home, file, lines);
  }

  public void unconfigure(String file) throws IOException {
    Files.delete(home.resolve("etc").resolve(file));
  }

  public void awaitReady() throws InterruptedException {
    // A shell's prompt may come before it.
    awaitLine(0, line -> line.endsWith("ready"));
  }

  /** The URL under which the first listener for that database is reached on this machine. */
  public URI listening(String database) throws InterruptedException {
    return listening(0, database);
  }

  /** Likewise, out of the lines after a mark. */
  public URI listening(int mark, String database) throws InterruptedException {
    String line;
    try {
      line =
          child.awaitLine(
              mark, l -> l.startsWith("listening ") && l.endsWith("/" + database), PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + log(), e);
    }
    URI url = URI.create(line.substring("listening ".length()));
    return URI.create(url.getScheme() + "://127.0.0.1:" + url.getPort() + url.getPath());
  }

  public int mark() {
    return child.mark();
  }

  private void awaitLine(int mark, Predicate<String> wanted) throws InterruptedException {
    try {
      child.awaitLine(mark, wanted, PATIENCE);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + log(), e);
    }
  }

  /** Types a line on its terminal. */
  public void type(String line) throws IOException {
    child.type(line);
  }

  /** Waits until it prints a line with that in it. */
  public void awaitText(String text) throws InterruptedException {
    child.awaitLine(0, line -> line.contains(text), PATIENCE);
  }

  /** Waits until it has ended by itself. */
  public int awaitEnd() throws InterruptedException {
    return child.awaitEnd(PATIENCE);
  }

  /** All it has printed on standard output. */
  public List<String> lines() {
    return child.lines();
  }

  /** What it has logged, on stderr. */
  public String log() {
    try {
      return Files.readString(errors(home));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Waits until the log holds a text. */
  public void awaitLog(String text) throws InterruptedException {
    Await.that(() -> log().contains(text), () -> "not in the log: " + text + "\n" + log());
  }

  /** SIGTERM. */
  public int terminate() throws InterruptedException {
    return child.terminate(PATIENCE);
  }

  /** SIGKILL. */
  public void kill() {
    child.close();
  }

  @Override
  public void close() {
    child.close();
  }

  private static Path errors(Path home) {
    return home.resolve("stderr.log");
  }
}
