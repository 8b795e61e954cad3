// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A node in a process of its own. It ends when its standard input does, so it never outlives the
 * story, however that ends.
 */
final class NodeProcess {
  /** What a start may take, in s; a slow machine under load needs some. */
  private static final int START_SECONDS = 30;

  /** What an answer may take, in s. */
  private static final int ANSWER_SECONDS = 15;

  private static final String ANSWER = "demo: ";
  private static final String LISTENING = "listening ";
  private static final String ENDED = "ended";

  private final String name;
  private final Home home;
  private final Process process;
  private final Writer orders;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> listening = new CompletableFuture<>();
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  NodeProcess(String name, Path nodeJar, Home home) throws IOException {
    this.name = name;
    this.home = home;
    process =
        new ProcessBuilder(command(nodeJar, home))
            .redirectError(home.log().toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    orders = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(this::read, "read-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  private static List<String> command(Path nodeJar, Home home) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java,
        "-Ddemo.orders=true",
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-jar",
        nodeJar.toString(),
        "--home",
        home.folder().toString());
  }

  String name() {
    return name;
  }

  Home home() {
    return home;
  }

  /** Returns when the node has said that it is ready. */
  void awaitReady() throws StoryException, InterruptedException {
    await(ready, "is not ready");
  }

  /** The URL it listens on. */
  String awaitListening() throws StoryException, InterruptedException {
    return await(listening, "does not listen");
  }

  private String await(CompletableFuture<String> line, String complaint)
      throws StoryException, InterruptedException {
    try {
      return line.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StoryException(
          "the " + name + " " + complaint + " after " + START_SECONDS + " s; " + seeLog());
    } catch (ExecutionException e) {
      throw ended();
    }
  }

  /** Gives the application an order and waits for the answer. */
  synchronized Answer ask(String... words) throws StoryException, InterruptedException {
    try {
      orders.write(String.join("\t", words) + "\n");
      orders.flush();
    } catch (IOException e) {
      throw ended();
    }
    String line = answers.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
    if (line == null)
      throw new StoryException(
          "the " + name + " did not answer to \"" + words[0] + "\" in time; " + seeLog());
    if (line.equals(ENDED)) throw ended();
    Answer answer = Answer.parse(line);
    if (!answer.text("failed").isEmpty())
      throw new StoryException(
          "the "
              + name
              + " could not "
              + words[0]
              + ": "
              + answer.text("failed")
              + "; "
              + seeLog());
    return answer;
  }

  /** Asks it to end. */
  void leave() {
    try {
      orders.close();
    } catch (IOException e) {
      kill(); // it cannot hear any more
    }
  }

  /** Waits for the end; false if it had to be killed or reported a failure. */
  boolean ended(int seconds) throws InterruptedException {
    if (process.waitFor(seconds, TimeUnit.SECONDS)) return process.exitValue() == 0;
    kill();
    return false;
  }

  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  void kill() {
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(this::hear);
    } catch (IOException | UncheckedIOException e) {
      kill(); // nothing it says can be heard any more
    }
    answers.add(ENDED);
    listening.completeExceptionally(ended());
    ready.completeExceptionally(ended());
  }

  private void hear(String line) {
    if (line.startsWith(ANSWER)) answers.add(line.substring(ANSWER.length()));
    else if (line.startsWith(LISTENING)) listening.complete(line.substring(LISTENING.length()));
    else if (line.equals("ready")) ready.complete(line);
  }

  private StoryException ended() {
    return new StoryException("the " + name + " has ended by itself; " + seeLog());
  }

  private String seeLog() {
    return "its log is " + home.log();
  }
}
