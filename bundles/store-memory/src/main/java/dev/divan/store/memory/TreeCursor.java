// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Walks the entries of one tree; later changes make other trees and are not seen. */
final class TreeCursor implements Cursor {
  private final Work work;
  private final byte @Nullable [] to;
  // The nodes whose own entry is still to come, the nearest on top.
  private final ArrayDeque<Tree> ahead = new ArrayDeque<>();
  private @Nullable Tree current;
  private boolean closed;

  TreeCursor(Work work, @Nullable Tree tree, byte[] from, byte @Nullable [] to) {
    this.work = work;
    this.to = to == null ? null : to.clone();
    Tree at = tree;
    while (at != null) {
      if (Arrays.compareUnsigned(from, at.key) <= 0) {
        ahead.push(at);
        at = at.left;
      } else {
        at = at.right;
      }
    }
  }

  @Override
  public boolean next() {
    check();
    Tree step = ahead.poll();
    if (step == null || (to != null && Arrays.compareUnsigned(step.key, to) >= 0)) {
      ahead.clear();
      current = null;
      return false;
    }
    for (Tree at = step.right; at != null; at = at.left) {
      ahead.push(at);
    }
    current = step;
    return true;
  }

  @Override
  public byte[] key() {
    return entry().key.clone();
  }

  @Override
  public byte[] value() {
    return entry().value.clone();
  }

  @Override
  public void close() {
    closed = true;
    ahead.clear();
    current = null;
  }

  private Tree entry() {
    check();
    Tree entry = current;
    if (entry == null) {
      throw new StoreException("The cursor stands on no entry");
    }
    return entry;
  }

  private void check() {
    work.check();
    if (closed) {
      throw new StoreException("The cursor is closed");
    }
  }
}
