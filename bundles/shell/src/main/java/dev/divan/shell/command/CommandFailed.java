// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

/** A command could not do what was asked; the message is all a person needs. Has no stack trace. */
public final class CommandFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailed(String message) {
    super(message, null, false, false);
  }
}
