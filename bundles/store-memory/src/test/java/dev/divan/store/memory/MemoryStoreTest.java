// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Store;
import dev.divan.testkit.store.StoreSuite;
import java.nio.file.Path;

class MemoryStoreTest extends StoreSuite {
  @Override
  protected Store open(Path directory) {
    return new MemoryStore();
  }

  @Override
  protected boolean durable() {
    return false;
  }
}
