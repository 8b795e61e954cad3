// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.Space;
import org.osgi.annotation.versioning.ConsumerType;

/** A space in a folder of its own. */
@ConsumerType
public interface FolderSpace extends Space {

  /**
   * Brings what was committed to the disk; does nothing if the space is closed. Called about once a
   * second where {@link Durability#PERIODIC} is wanted, else never.
   */
  void sync();
}
