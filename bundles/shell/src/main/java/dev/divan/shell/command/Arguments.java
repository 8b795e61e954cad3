// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was typed behind a command's name, under the names its usage gives. */
public final class Arguments {
  private final Map<String, String> values;

  Arguments(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** An argument the usage requires. */
  public String get(String name) {
    String value = values.get(name);
    if (value == null) throw new IllegalStateException("the usage does not require " + name);
    return value;
  }

  /** An argument or an option's value; null if it was not given. */
  public @Nullable String find(String name) {
    return values.get(name);
  }

  public boolean has(String option) {
    return values.containsKey(option);
  }

  /**
   * A number from 1.
   *
   * @throws CommandFailed if it is none, or more than the greatest allowed
   */
  public int number(String name, int otherwise, int most) {
    String text = values.get(name);
    if (text == null) return otherwise;
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= most) return number;
    } catch (NumberFormatException e) {
      // said below, as of one that is too large
    }
    throw new CommandFailed(name + " is a number from 1 to " + most + ", not \"" + text + "\"");
  }
}
