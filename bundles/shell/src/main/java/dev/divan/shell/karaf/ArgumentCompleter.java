// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.karaf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.karaf.shell.api.console.Candidate;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;

/**
 * Completes one command: its name, and behind it its arguments. Karaf asks the completers of all
 * commands at each TAB, so the first thing is to see whether the line is about this one; it leaves
 * out those that the user may not call.
 */
final class ArgumentCompleter implements Completer {
  /** What may stand behind the words before, beginning so; never fails, and takes no time. */
  interface Words {
    List<String> of(List<String> before, String begin);
  }

  private final String resolved;
  private final List<String> names;
  private final Words words;

  /**
   * @param resolved scope and name
   * @param names by which it is typed
   */
  ArgumentCompleter(String resolved, List<String> names, Words words) {
    this.resolved = resolved;
    this.names = names;
    this.words = words;
  }

  @Override
  public int complete(Session session, CommandLine line, List<String> values) {
    List<Candidate> candidates = new ArrayList<>();
    completeCandidates(session, line, candidates);
    candidates.forEach(each -> values.add(each.value()));
    return 0;
  }

  @Override
  public void completeCandidates(Session session, CommandLine line, List<Candidate> candidates) {
    int index = line.getCursorArgumentIndex();
    String begin = begin(line);
    if (index == 0) {
      for (String name : names)
        if (name.startsWith(begin.toLowerCase(Locale.ROOT))) candidates.add(new Candidate(name));
      return;
    }
    List<String> typed = Arrays.asList(line.getArguments());
    if (!names.contains(typed.get(0)) || !resolved.equals(session.resolveCommand(typed.get(0))))
      return;
    Spelling spelling = Spelling.at(line.getBuffer(), line.getBufferPosition(), begin);
    for (String word : words.of(typed.subList(1, Math.min(index, typed.size())), begin)) {
      String spelled = spelling.of(word);
      if (spelled != null)
        candidates.add(new Candidate(spelled, word, null, null, null, null, true));
    }
  }

  /** What is typed of the word, up to the cursor. */
  private static String begin(CommandLine line) {
    String word = line.getCursorArgument();
    return word == null
        ? ""
        : word.substring(0, Math.min(line.getArgumentPosition(), word.length()));
  }
}
