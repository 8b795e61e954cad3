// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SystemConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private SystemConsole console(String typed) {
    InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Session session =
        new Session() {
          @Override
          public Object get(String variable) {
            return null;
          }

          @Override
          public InputStream getKeyboard() {
            return in;
          }
        };
    return new SystemConsole(() -> in, () -> print, new GogoSession(session));
  }

  @Test
  void oneLineIsReadForAQuestionAndNoneWhereNobodyIs() {
    SystemConsole console = console("yés\nmore");
    assertEquals("yés", console.ask("Sure?"));
    assertEquals("more", console.ask("Really?"));
    assertNull(console.ask("Still there?"));
  }

  @Test
  void aSecretIsConcealedWhileTypedAndErasedAfterwards() {
    char[] secret = console("s3cret\n").askSecret("Password:");
    assertArrayEquals("s3cret".toCharArray(), secret);
    String shown = out.toString(StandardCharsets.UTF_8);
    assertTrue(shown.indexOf("\u001b[8m") < shown.indexOf("\u001b[28m"), shown);
    assertFalse(shown.contains("s3cret"));
  }

  @Test
  void aLineTypedEndsAPauseAndIsNotLeftToTheShell() {
    SystemConsole console = console("\n");
    assertFalse(console.pause(Duration.ofDays(1)));
    assertTrue(console.pause(Duration.ZERO));
    assertNull(console.ask("?"));
  }

  @Test
  void anInterruptEndsAPause() {
    Thread.currentThread().interrupt();
    assertFalse(console("").pause(Duration.ofDays(1)));
    assertTrue(Thread.interrupted());
  }

  /** As Gogo's session, with Karaf's in a variable. */
  public interface Session {
    Object get(String variable);

    default InputStream getKeyboard() {
      return new ByteArrayInputStream(new byte[] {'x'});
    }
  }

  /** As Karaf's. */
  public interface Editor {
    String readLine(String prompt, Character mask);
  }

  private SystemConsole karaf(Editor editor) {
    Session session = variable -> variable.equals(".session") ? editor : null;
    InputStream in = InputStream.nullInputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new SystemConsole(() -> in, () -> print, new GogoSession(session));
  }

  @Test
  void whereTheSessionHasALineEditorTheKeyboardIsLeftToIt() {
    SystemConsole console = karaf((prompt, mask) -> prompt + mask);
    assertEquals("Sure? null", console.ask("Sure?"));
    assertArrayEquals("Password: *".toCharArray(), console.askSecret("Password:"));
    assertTrue(console.pause(Duration.ZERO), "what is typed meanwhile is not ours");
    assertEquals("Ctrl-C", console.endKey());
    assertEquals("Enter", console("").endKey());
  }

  @Test
  void whoInterruptsAQuestionGivesNoAnswer() {
    SystemConsole console =
        karaf(
            (prompt, mask) -> {
              throw new IllegalStateException("as if Ctrl-C was typed");
            });
    assertNull(console.ask("Sure?"));
    assertNull(console.askSecret("Password:"));
  }

  @Test
  void whatIsNoSessionOfAKnownKindHasNeitherEditorNorKeyboard() {
    GogoSession session = new GogoSession("no session at all");
    assertFalse(session.hasEditor());
    assertNull(session.keyboard());
  }
}
