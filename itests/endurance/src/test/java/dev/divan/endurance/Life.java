// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import dev.divan.itests.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A {@link Mortal} process, and those after it on the same directory. */
final class Life implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("divan.patience", 300));

  private final Path directory;
  private final List<String> options;
  private final List<String> acknowledged = new ArrayList<>();
  private ChildProcess process;
  private PrintStream commands;

  Life(Path directory, String... options) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    this.options = List.of(options);
    begin();
  }

  private void begin() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"));
    command.addAll(options);
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classes, Mortal.class.getName(), directory.toString()));
    process =
        ChildProcess.start(
            new ProcessBuilder(command), new File(directory.toString() + "-stderr.log"));
    commands = new PrintStream(process.process().getOutputStream(), true);
    await("open");
  }

  void say(String command) {
    commands.println(command);
  }

  /** Says something and waits for the line that answers it. */
  String ask(String command, String answer) throws InterruptedException {
    int mark = process.mark();
    say(command);
    return process.awaitLine(mark, line -> line.startsWith(answer), PATIENCE);
  }

  String await(String start) throws InterruptedException {
    return process.awaitLine(0, line -> line.startsWith(start), PATIENCE);
  }

  /** Waits until so many more writes have been acknowledged. */
  void awaitAcknowledgements(int count) throws InterruptedException {
    int from = process.mark();
    for (int i = 0; i < count; i++) {
      process.awaitLine(from, line -> line.startsWith("ack "), PATIENCE);
      from++;
    }
  }

  long pid() {
    return process.process().pid();
  }

  /** SIGKILL, and another process on what is left. */
  void killAndBegin() throws IOException, InterruptedException {
    process.close();
    keepAcknowledgements();
    begin();
  }

  private void keepAcknowledgements() {
    for (String line : process.lines())
      if (line.startsWith("ack ")) acknowledged.add(line.substring(4));
  }

  /** Ends in good order, and tells everything that was ever acknowledged. */
  List<String> end() throws InterruptedException {
    ask("quit", "closed");
    process.process().waitFor();
    keepAcknowledgements();
    return acknowledged;
  }

  @Override
  public void close() {
    process.close();
  }
}
