// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads arguments by the usage that people are shown, so that the two cannot differ: {@code
 * DATABASE [ID] [--collection NAME] [--force]} are one argument that must be there, one that may,
 * an option with a value and one without.
 */
final class Usage {
  private static final Pattern PART = Pattern.compile("\\[([^\\]]+)\\]|(\\S+)");

  private final List<String> required = new ArrayList<>();
  private final List<String> optional = new ArrayList<>();
  private final Map<String, Boolean> options = new LinkedHashMap<>();

  Usage(String usage) {
    Matcher parts = PART.matcher(usage);
    while (parts.find()) {
      String inBrackets = parts.group(1);
      if (inBrackets == null) required.add(parts.group(2));
      else if (inBrackets.startsWith("--"))
        options.put(inBrackets.split(" ")[0], inBrackets.contains(" "));
      else optional.add(inBrackets);
    }
  }

  /**
   * @throws CommandFailed saying which argument is missing or too much
   */
  Arguments read(List<String> words) {
    Map<String, String> values = new HashMap<>();
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        plain.add(word);
        continue;
      }
      Boolean valued = options.get(word);
      if (valued == null) throw new CommandFailed("there is no option " + word);
      if (valued && i + 1 == words.size()) throw new CommandFailed(word + " needs a value");
      values.put(word, valued ? words.get(++i) : "");
    }
    List<String> names = new ArrayList<>(required);
    names.addAll(optional);
    if (plain.size() < required.size())
      throw new CommandFailed(required.get(plain.size()) + " is missing");
    if (plain.size() > names.size())
      throw new CommandFailed(
          "\"" + plain.get(names.size()) + "\" is one argument too many; quote what has blanks");
    for (int i = 0; i < plain.size(); i++) values.put(names.get(i), plain.get(i));
    return new Arguments(values);
  }

  /**
   * What the next word may be.
   *
   * @param argument the name of an argument, or the option whose value it is; null if all are given
   * @param required whether it must be that
   * @param options that were not given yet; none if this is the value of one
   * @param before what was given
   */
  record Next(@Nullable String argument, boolean required, Set<String> options, Arguments before) {}

  /**
   * @param words in front of the next one; what is wrong with them is passed over
   */
  Next next(List<String> words) {
    Map<String, String> values = new HashMap<>();
    Set<String> left = new LinkedHashSet<>(options.keySet());
    List<String> names = new ArrayList<>(required);
    names.addAll(optional);
    int plain = 0;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("--")) {
        if (plain < names.size()) values.put(names.get(plain), word);
        plain++;
        continue;
      }
      left.remove(word);
      boolean valued = options.getOrDefault(word, false);
      if (valued && i + 1 == words.size())
        return new Next(word, true, Set.of(), new Arguments(values));
      values.put(word, valued ? words.get(++i) : "");
    }
    return new Next(
        plain < names.size() ? names.get(plain) : null,
        plain < required.size(),
        left,
        new Arguments(values));
  }
}
