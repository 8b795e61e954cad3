// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.Store;
import dev.divan.store.files.Durability;
import dev.divan.testkit.store.DiskStoreSuite;
import java.nio.file.Path;

class XodusStoreTest extends DiskStoreSuite {
  @Override
  protected Store open(Path directory, Durability durability) {
    return new XodusStore(directory, durability, XodusStore.DEFAULT_CACHE_MB);
  }

  @Override
  protected Path file(Path directory, String space) {
    return directory.resolve(space).resolve("00000000000.xd");
  }
}
