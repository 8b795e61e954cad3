// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import dev.divan.store.Space;

/** A space in a folder of its own. */
public interface FolderSpace extends Space {

  /** Brings what was committed to the disk; does nothing if the space is closed. */
  void sync();
}
