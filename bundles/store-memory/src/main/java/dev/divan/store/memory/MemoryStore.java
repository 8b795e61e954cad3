// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Spaces that live as long as this object; a space closed and opened again is as it was left. */
public final class MemoryStore implements Store, AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.%-]{1,200}");

  private final Map<String, Content> contents = new HashMap<>();
  private final Map<String, Space> open = new HashMap<>();
  private boolean closed;

  @Override
  public synchronized Space open(String name) {
    check();
    if (!NAME.matcher(name).matches()) {
      throw new StoreException(
          "The name of a space is 1 to 200 of a-z A-Z 0-9 _ - . %, not \"" + name + "\"");
    }
    if (open.containsKey(name)) {
      throw new StoreException("Space " + name + " is open already");
    }
    Content content = contents.computeIfAbsent(name, n -> new Content());
    Space space = new MemorySpace(name, content, () -> closed(name));
    open.put(name, space);
    return space;
  }

  private synchronized void closed(String name) {
    open.remove(name);
  }

  @Override
  public synchronized Set<String> names() {
    check();
    return Set.copyOf(contents.keySet());
  }

  @Override
  public synchronized void delete(String name) {
    check();
    if (open.containsKey(name)) {
      throw new StoreException("Space " + name + " is open; close it before deleting it");
    }
    contents.remove(name);
  }

  private void check() {
    if (closed) {
      throw new StoreException("The store is closed");
    }
  }

  /** Closes the spaces still open, each waiting for its running work, and lets go of everything. */
  @Override
  public void close() {
    List<Space> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(open.values());
    }
    left.forEach(Space::close);
    synchronized (this) {
      contents.clear();
    }
  }
}
