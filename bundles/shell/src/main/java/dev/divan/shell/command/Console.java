// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a command talks with whoever called it. For the thread that runs the command. */
public interface Console {

  /** Prints, and ends the line. */
  void print(Object text);

  /** Clears the screen before what is printed next. */
  void clear();

  /** Asks, and reads one line; null if nobody is there to answer. */
  @Nullable String ask(String question);

  /** As {@link #ask}, and does its best to hide what is typed. The caller wipes the answer. */
  char @Nullable [] askSecret(String question);

  /** All that was given as input, to its end, as UTF-8. */
  String input();

  /** What a person types to end a command that waits: {@code Enter}, or {@code Ctrl-C}. */
  String endKey();

  /** Waits; false if meanwhile that was typed, or the thread interrupted: the command shall end. */
  boolean pause(Duration duration);
}
