// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All identities of one directory: read once, when first asked for, and written with every change
 * before the change counts. One thread at a time.
 */
final class Shelf {
  private final KeyFile file;
  private @Nullable Map<String, KeptIdentity> kept;

  Shelf(Path directory) {
    this.file = new KeyFile(directory);
  }

  /** Null if there is none. */
  @Nullable KeptIdentity get(String label) throws IdentityException {
    return kept().get(label);
  }

  List<String> labels() throws IdentityException {
    return List.copyOf(kept().keySet());
  }

  /** In place of the one with the same label. */
  void put(KeptIdentity identity) throws IdentityException {
    Map<String, KeptIdentity> all = new TreeMap<>(kept());
    all.put(identity.getLabel(), identity);
    file.write(all.values());
    kept = all;
  }

  /** False if there is none. */
  boolean remove(String label) throws IdentityException {
    Map<String, KeptIdentity> rest = new TreeMap<>(kept());
    if (rest.remove(label) == null) {
      return false;
    }
    file.write(rest.values());
    kept = rest;
    return true;
  }

  private Map<String, KeptIdentity> kept() throws IdentityException {
    Map<String, KeptIdentity> now = kept;
    if (now == null) {
      now = file.read();
      kept = now;
    }
    return now;
  }
}
