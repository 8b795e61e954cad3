// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;

class ArgumentCompleterTest {
  private final List<String> asked = new ArrayList<>();
  private String scope = "divan:";
  private final ArgumentCompleter completer =
      new ArgumentCompleter(
          "divan:db-info",
          List.of("divan:db-info", "db-info"),
          (before, begin) -> {
            asked.add(before + begin);
            return List.of("field", "two words", "a$b");
          });

  /** A line with single blanks, the cursor at its end. */
  private List<String> complete(String line) {
    String[] words = line.split(" ", -1);
    List<Candidate> candidates = new ArrayList<>();
    completer.completeCandidates(session(), new Line(line, words), candidates);
    return candidates.stream().map(Candidate::value).toList();
  }

  @Test
  void itsNameIsCompletedWithAndWithoutItsScope() {
    assertEquals(List.of("divan:db-info"), complete("div"));
    assertEquals(List.of("db-info"), complete("db-"));
    assertEquals(List.of("divan:db-info", "db-info"), complete(""));
    assertEquals(List.of(), complete("doc"));
    assertEquals(List.of(), asked);
  }

  @Test
  void behindItsNameTheWordsAreAskedFor() {
    assertEquals(List.of("field", "two$'\\u0020'words", "a\\$b"), complete("divan:db-info fi"));
    assertEquals(List.of("field", "two$'\\u0020'words", "a\\$b"), complete("db-info x --force "));
    assertEquals(List.of("[]fi", "[x, --force]"), asked);
  }

  @Test
  void otherCommandsAreNotItsConcern() {
    assertEquals(List.of(), complete("divan:db-list "));
    scope = "other:";
    assertEquals(List.of(), complete("db-info "));
    assertEquals(List.of(), asked);
  }

  @Test
  void namesAreShownAsTheyAreAndFollowedByABlank() {
    List<Candidate> candidates = new ArrayList<>();
    Line line = new Line("db-info ", "db-info", "");
    completer.completeCandidates(session(), line, candidates);
    assertEquals("a$b", candidates.get(2).displ());
    assertTrue(candidates.get(2).complete());
    List<String> values = new ArrayList<>();
    assertEquals(0, completer.complete(session(), line, values));
    assertEquals(List.of("field", "two$'\\u0020'words", "a\\$b"), values);
  }

  private Session session() {
    return (Session)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (proxy, method, arguments) -> {
              assertEquals("resolveCommand", method.getName());
              String name = (String) arguments[0];
              return name.contains(":") ? name : scope + name;
            });
  }

  private record Line(String line, String... words) implements CommandLine {
    @Override
    public int getCursorArgumentIndex() {
      return words.length - 1;
    }

    @Override
    public String getCursorArgument() {
      return words[words.length - 1];
    }

    @Override
    public int getArgumentPosition() {
      return getCursorArgument().length();
    }

    @Override
    public String[] getArguments() {
      return Arrays.copyOf(words, words.length);
    }

    @Override
    public int getBufferPosition() {
      return line.length();
    }

    @Override
    public String getBuffer() {
      return line;
    }
  }
}
