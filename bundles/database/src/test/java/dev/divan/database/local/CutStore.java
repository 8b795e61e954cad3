// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import dev.divan.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A store in a node that may be killed: with the step it is killed in, or right after that, all its
 * stores are dead. What they held by then can be had again, as after a new start.
 */
final class CutStore implements Store {

  /** What several stores have in common: a node, and when it is killed. */
  static final class Node {
    private int steps;
    private int cutAt = Integer.MAX_VALUE;
    private boolean after;
    private boolean dead;

    /**
     * Kills it.
     *
     * @param step counted from now, from 1: a commit, or creating or deleting a space
     * @param after whether the step has happened
     */
    synchronized void killAt(int step, boolean after) {
      steps = 0;
      cutAt = step;
      this.after = after;
    }

    synchronized int steps() {
      return steps;
    }

    synchronized boolean isDead() {
      return dead;
    }

    private synchronized void alive() {
      if (dead) {
        throw new StoreException("the node is dead");
      }
    }

    /** One at a time, so that nothing happens after the death. */
    private synchronized <T> T step(java.util.function.Supplier<T> step) {
      alive();
      steps++;
      if (steps == cutAt && !after) {
        dead = true;
        alive();
      }
      T result = step.get();
      if (steps == cutAt) {
        dead = true;
        alive();
      }
      return result;
    }
  }

  private final Node node;
  private final MemoryStore store;
  private final List<Space> opened = new ArrayList<>();

  CutStore(Node node) {
    this(node, new MemoryStore());
  }

  private CutStore(Node node, MemoryStore store) {
    this.node = node;
    this.store = store;
  }

  /** What is left of it, in a new node. */
  CutStore restarted(Node next) {
    opened.forEach(Space::close);
    return new CutStore(next, store);
  }

  @Override
  public Space open(String name) {
    node.alive();
    return store.names().contains(name) ? opened(name) : node.step(() -> opened(name));
  }

  private Space opened(String name) {
    Space space = store.open(name);
    opened.add(space);
    return new CutSpace(space);
  }

  @Override
  public Set<String> names() {
    node.alive();
    return store.names();
  }

  @Override
  public void delete(String name) {
    node.step(
        () -> {
          store.delete(name);
          return true;
        });
  }

  private final class CutSpace implements Space {
    private final Space space;

    CutSpace(Space space) {
      this.space = space;
    }

    @Override
    public <T> T read(Function<? super Snapshot, T> work) {
      node.alive();
      return space.read(work);
    }

    @Override
    public <T> T write(Function<? super Transaction, T> work) {
      return node.step(() -> space.write(work));
    }

    @Override
    public Blobs blobs() {
      node.alive();
      return space.blobs();
    }

    @Override
    public void close() {
      space.close();
    }
  }
}
