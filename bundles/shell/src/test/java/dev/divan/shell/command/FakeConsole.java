// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what is printed, answers what it was told, and never waits. */
public final class FakeConsole implements Console {
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> answers = new ArrayDeque<>();

  /** Run at each pause, until there is none left; then the command shall end. */
  public final Deque<Runnable> pauses = new ArrayDeque<>();

  public FakeConsole(String... answers) {
    this.answers.addAll(List.of(answers));
  }

  public String text() {
    return text.toString();
  }

  @Override
  public void print(Object printed) {
    text.append(printed).append('\n');
  }

  @Override
  public void clear() {
    text.append("[clear]");
  }

  @Override
  public @Nullable String ask(String question) {
    text.append(question).append('\n');
    return answers.poll();
  }

  @Override
  public char @Nullable [] askSecret(String question) {
    String answer = ask(question);
    return answer == null ? null : answer.toCharArray();
  }

  @Override
  public String input() {
    return String.join("\n", answers);
  }

  @Override
  public String endKey() {
    return "Enter";
  }

  @Override
  public boolean pause(Duration duration) {
    Runnable next = pauses.poll();
    if (next != null) next.run();
    return next != null;
  }
}
