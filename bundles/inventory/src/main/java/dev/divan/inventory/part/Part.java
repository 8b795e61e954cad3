// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.database.DatabaseClosedException;
import dev.divan.inventory.text.Facts;

/** One part of the inventory. */
@FunctionalInterface
interface Part {

  /** What there is now: {@link Facts}, or a list of them. */
  Object tell();

  /**
   * Likewise; of what fails, which may be a stranger's store or a database that closes, the reason.
   */
  static Object told(Part part) {
    try {
      return part.tell();
    } catch (DatabaseClosedException e) {
      return new Facts().add("cannot be told", "it has just closed");
    } catch (RuntimeException e) {
      return new Facts().add("cannot be told", e);
    }
  }
}
