// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.mvstore;

import dev.divan.store.Store;
import dev.divan.testkit.store.StoreSuite;
import java.nio.file.Path;

class MVSpacesTest extends StoreSuite {
  @Override
  protected Store open(Path directory) {
    return new MVSpaces(directory);
  }
}
