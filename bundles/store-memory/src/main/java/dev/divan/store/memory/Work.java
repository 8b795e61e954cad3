// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import org.jspecify.annotations.Nullable;

/** One tree, handed to one piece of work: a snapshot, and for a write the tree to be. */
final class Work implements Transaction {
  private static final int MAX_KEY = 1024;
  private static final int MAX_VALUE = 64 << 20;

  private @Nullable Tree tree;
  private boolean ended;

  Work(@Nullable Tree tree) {
    this.tree = tree;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    check();
    byte[] value = Tree.get(tree, key);
    return value == null ? null : value.clone();
  }

  @Override
  public Cursor scan(byte[] from, byte @Nullable [] to) {
    check();
    return new TreeCursor(this, tree, from, to);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    check();
    if (key.length == 0 || key.length > MAX_KEY) {
      throw new StoreException("A key has 1 to " + MAX_KEY + " bytes, not " + key.length);
    }
    if (value.length > MAX_VALUE) {
      throw new StoreException("A value has at most " + MAX_VALUE + " bytes, not " + value.length);
    }
    tree = Tree.put(tree, key.clone(), value.clone());
  }

  @Override
  public void delete(byte[] key) {
    check();
    tree = Tree.delete(tree, key);
  }

  void check() {
    if (ended) {
      throw new StoreException("The work this snapshot was handed to has ended");
    }
  }

  /** Ends the work and its cursors; returns the tree it leaves. */
  @Nullable Tree end() {
    ended = true;
    return tree;
  }
}
