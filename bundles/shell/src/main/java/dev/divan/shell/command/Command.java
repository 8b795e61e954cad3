// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import dev.divan.shell.node.Node;

/**
 * One command.
 *
 * @param name noun and verb
 * @param usage its arguments, in the form that {@link Usage} reads
 * @param about one sentence
 * @param action what it does
 */
public record Command(String name, String usage, String about, Action action) {
  /** In front of every name. */
  public static final String SCOPE = "divan";

  /** What a command does; whatever it throws is told in words. */
  @FunctionalInterface
  public interface Action {
    void run(Node node, Arguments arguments, Console console) throws Exception;
  }

  /** As it is typed. */
  public String synopsis() {
    return (SCOPE + ":" + name + " " + usage).strip();
  }
}
