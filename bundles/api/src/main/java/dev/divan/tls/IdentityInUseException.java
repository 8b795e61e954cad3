// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.util.List;

/** An identity is not deleted, because somebody uses it. */
public final class IdentityInUseException extends IdentityException {
  private static final long serialVersionUID = 1L;

  private final String label;
  private final List<String> users;

  /**
   * @param users who uses it, in the words of an operator; not empty
   */
  public IdentityInUseException(String label, List<String> users) {
    super(
        "the identity "
            + label
            + " is in use by "
            + String.join(", ", users)
            + "; give them another identity first, or force it");
    this.label = label;
    this.users = List.copyOf(users);
  }

  /** The identity asked to be deleted. */
  public String getLabel() {
    return label;
  }

  /** Who uses it, such as {@code listener lan}. */
  public List<String> getUsers() {
    return users;
  }
}
