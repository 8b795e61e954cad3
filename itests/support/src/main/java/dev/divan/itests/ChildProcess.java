// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A process whose lines can be waited for. It and what it started are killed when the test JVM
 * ends, at the latest.
 */
public final class ChildProcess implements AutoCloseable {
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::kill)));
  }

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private boolean drained;

  private ChildProcess(Process process) {
    this.process = process;
    RUNNING.add(process);
    Thread reader = new Thread(this::read, "lines of " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it. Its errors go to a file, where a failing test can point to.
   *
   * @param errors is appended to
   */
  public static ChildProcess start(ProcessBuilder builder, File errors) throws IOException {
    return new ChildProcess(
        builder.redirectError(ProcessBuilder.Redirect.appendTo(errors)).start());
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine())
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
    } catch (IOException e) {
      // The process is gone.
    }
    synchronized (lines) {
      drained = true;
      lines.notifyAll();
    }
  }

  /** What it has printed so far; a number of lines to give to {@link #awaitLine}. */
  public int mark() {
    synchronized (lines) {
      return lines.size();
    }
  }

  /**
   * Waits for a line.
   *
   * @param from how many lines to pass over
   */
  public String awaitLine(int from, Predicate<String> wanted, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (lines) {
      for (int next = from; ; next++) {
        while (next >= lines.size()) {
          long left = deadline - System.nanoTime();
          if (drained) throw new AssertionError("it ended: " + lines);
          if (left <= 0) throw new AssertionError("no such line in " + patience + ": " + lines);
          TimeUnit.NANOSECONDS.timedWait(lines, left);
        }
        if (wanted.test(lines.get(next))) return lines.get(next);
      }
    }
  }

  /** All it has printed. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  public Process process() {
    return process;
  }

  /** Writes a line to its standard input. */
  public void type(String line) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).append(line).append('\n').flush();
  }

  /** Asks it to end, SIGTERM where there are signals, and waits. */
  public int terminate(Duration patience) throws InterruptedException {
    process.destroy();
    return awaitEnd(patience);
  }

  /** Waits until it has ended by itself. */
  public int awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
      throw new AssertionError("did not end in " + patience);
    RUNNING.remove(process);
    return process.exitValue();
  }

  @Override
  public void close() {
    kill(process);
    RUNNING.remove(process);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
