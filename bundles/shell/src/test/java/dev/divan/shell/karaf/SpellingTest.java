// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether the real Gogo reads what is written for it. */
class SpellingTest {
  private final List<Object> read = new ArrayList<>();
  private final CommandProcessorImpl gogo = new CommandProcessorImpl(new ThreadIOImpl());

  @AfterEach
  void stop() {
    gogo.stop();
  }

  @Test
  void everyNameIsReadAsItIs() throws Exception {
    Function reader = (session, arguments) -> read.addAll(arguments);
    gogo.addCommand("test", reader, "read");
    PrintStream out = new PrintStream(new ByteArrayOutputStream());
    try (CommandSession session =
        gogo.createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
      session.put(CommandSession.OPTION_NO_GLOB, true); // as Karaf does
      for (String name : names()) {
        read.clear();
        String line = "read " + Spelling.BARE.of(name) + " --raw";
        session.execute(line);
        assertEquals(List.of(name, "--raw"), read.stream().map(Object::toString).toList(), line);
      }
    }
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("Zürich", "東京", "a\u3000b", "two  words", "#"));
    for (char each = ' ' + 1; each <= '~'; each++)
      for (String name : List.of("a" + each + "b", each + "c", "d" + each, "e f" + each))
        if (!name.startsWith("-")) names.add(name);
    return names;
  }

  @Test
  void noBlankReachesTheLineEditor() {
    for (String name : names()) assertFalse(String.valueOf(Spelling.BARE.of(name)).contains(" "));
  }

  @Test
  void inAWordWithQuotesOrBackslashesOnlyHarmlessNamesAreWritten() {
    assertEquals(Spelling.BEGUN, Spelling.at("db-info 'tw", 11, "tw"));
    assertEquals(Spelling.BEGUN, Spelling.at("db-info tw\\ o", 13, "tw o"));
    assertEquals(Spelling.BEGUN, Spelling.at("'tw'", 4, "tw"));
    assertEquals("two", Spelling.BEGUN.of("two"));
    assertNull(Spelling.BEGUN.of("two words"));
    assertNull(Spelling.BEGUN.of("tw$"));
  }

  @Test
  void aWordIsWrittenAnewUpToTheCursor() {
    assertEquals(Spelling.BARE, Spelling.at("db-info tw", 10, "tw"));
    assertEquals(Spelling.BARE, Spelling.at("db-info twenty", 10, "tw"));
    assertEquals(Spelling.BARE, Spelling.at("db-info tw", 8, ""));
    assertEquals(
        Spelling.BARE, Spelling.at("db-info", 8, ""), "the buffer ends with its last word");
  }
}
