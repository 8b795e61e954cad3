// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code System.in} and {@code System.out}, which Gogo and Karaf lead to the session that called,
 * thread by thread; so they are looked up each time.
 */
public final class SystemConsole implements Console {
  /** Bytes of a line that is typed, and of input in all; more than any document. */
  private static final int LONGEST = 32 << 20;

  private static final long LOOK_MILLIS = 100;
  private static final String CLEAR = "\u001b[H\u001b[2J";
  private static final String CONCEAL = "\u001b[8m";
  private static final String REVEAL_AND_ERASE = "\u001b[28m\u001b[1A\u001b[2K\r";

  private final Supplier<InputStream> in;
  private final Supplier<PrintStream> out;
  private final GogoSession session;

  public SystemConsole(GogoSession session) {
    this(() -> System.in, () -> System.out, session);
  }

  SystemConsole(Supplier<InputStream> in, Supplier<PrintStream> out, GogoSession session) {
    this.in = in;
    this.out = out;
    this.session = session;
  }

  @Override
  public void print(Object text) {
    out.get().println(text);
    out.get().flush();
  }

  @Override
  public void clear() {
    out.get().print(CLEAR);
  }

  @Override
  public @Nullable String ask(String question) {
    if (session.hasEditor()) return session.read(question + " ", false);
    out.get().print(question + " ");
    out.get().flush();
    return line();
  }

  /** A terminal's echo cannot be switched off from here, so the text is concealed, then erased. */
  @Override
  public char @Nullable [] askSecret(String question) {
    if (session.hasEditor()) {
      String line = session.read(question + " ", true);
      return line == null ? null : line.toCharArray();
    }
    out.get().print(question + " " + CONCEAL);
    out.get().flush();
    try {
      String line = line();
      return line == null ? null : line.toCharArray();
    } finally {
      out.get().print(REVEAL_AND_ERASE);
      out.get().flush();
    }
  }

  private @Nullable String line() {
    try {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next;
      while ((next = in.get().read()) >= 0 && next != '\n' && next != '\r') {
        if (line.size() == LONGEST) throw new CommandFailed("the line is too long");
        line.write(next);
      }
      return next < 0 && line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String input() {
    try {
      byte[] all = in.get().readNBytes(LONGEST);
      if (all.length == LONGEST) throw new CommandFailed("the input is too long");
      return new String(all, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String endKey() {
    return session.hasEditor() ? "Ctrl-C" : "Enter";
  }

  @Override
  public boolean pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    InputStream keyboard = session.keyboard();
    try {
      while (true) {
        int typed = keyboard == null ? 0 : keyboard.available();
        if (typed > 0) {
          // or the shell would take it for a command
          keyboard.read(new byte[typed]);
          return false;
        }
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) return true;
        Thread.sleep(Math.min(left, LOOK_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
