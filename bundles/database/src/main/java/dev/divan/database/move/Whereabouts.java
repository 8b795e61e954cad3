// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.database.move.Standing.State;
import dev.divan.store.Space;
import dev.divan.store.Store;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds in which store a database is that is not open: by what the copies say of themselves, and by
 * what is remembered of where it was last.
 */
public final class Whereabouts {

  /**
   * Where a database was last open.
   *
   * @param store the name of that store
   */
  public record Memory(String store, UUID uuid, long generation) {}

  /** What was found. */
  public sealed interface Finding {
    /**
     * Open it there; it may be new.
     *
     * @param reclaim it was left, but its successor was never finished
     */
    record Here(String store, boolean reclaim) implements Finding {}

    /** It is there; that store is not. */
    record Away(String store) implements Finding {}

    /** Nobody can tell without an operator; why, in words. */
    record Lost(String why) implements Finding {}
  }

  /** What following the trail from one store leads to. */
  private sealed interface Trace {
    record Copy(String store, Standing standing, boolean reclaim) implements Trace {}

    record Nothing() implements Trace {}

    record End(Finding finding) implements Trace {}
  }

  private final String database;
  private final Set<String> names;
  private final Function<String, @Nullable Store> stores;

  /**
   * @param names of the stores that are there
   * @param stores gives one by its name, or null
   */
  public Whereabouts(String database, Set<String> names, Function<String, @Nullable Store> stores) {
    this.database = database;
    this.names = names;
    this.stores = stores;
  }

  /**
   * Where it is. Opens spaces for a moment.
   *
   * @param wanted the store it is configured for
   */
  public Finding find(String wanted, @Nullable Memory memory) {
    Trace there = follow(wanted, new HashSet<>());
    if (memory == null && there instanceof Trace.Nothing) {
      return finding(successor(wanted), wanted);
    }
    if (memory == null || memory.store.equals(wanted) || isNoOlder(there, memory)) {
      return finding(there, wanted);
    }
    Trace remembered = follow(memory.store, new HashSet<>());
    if (remembered instanceof Trace.Nothing) {
      // It did not outlive the node there, as in a store in memory.
      return finding(there, wanted);
    }
    if (there instanceof Trace.Copy own
        && remembered instanceof Trace.Copy other
        && own.standing.uuid().equals(other.standing.uuid())
        && own.standing.generation() > other.standing.generation()) {
      return finding(there, wanted);
    }
    return finding(remembered, wanted);
  }

  /** Without a memory: a move back may have been cut when it had just cleared its target. */
  private Trace successor(String wanted) {
    for (String name : names) {
      Store store = name.equals(wanted) ? null : stores.apply(name);
      Standing standing = store == null ? null : standing(store);
      if (standing != null && standing.state() == State.WHOLE && wanted.equals(standing.other())) {
        return new Trace.Copy(name, standing, false);
      }
    }
    return new Trace.Nothing();
  }

  private static boolean isNoOlder(Trace there, Memory memory) {
    return there instanceof Trace.Copy copy
        && copy.standing.uuid().equals(memory.uuid)
        && copy.standing.generation() >= memory.generation;
  }

  private static Finding finding(Trace trace, String wanted) {
    if (trace instanceof Trace.Copy copy) {
      return new Finding.Here(copy.store, copy.reclaim);
    }
    return trace instanceof Trace.End end ? end.finding : new Finding.Here(wanted, false);
  }

  private Trace follow(String name, Set<String> visited) {
    Store store = stores.apply(name);
    if (store == null) {
      return new Trace.End(new Finding.Away(name));
    }
    Standing standing = standing(store);
    if (standing == null) {
      return new Trace.Nothing();
    }
    String other = standing.other();
    if (standing.state() == State.WHOLE || other == null) {
      return new Trace.Copy(name, standing, false);
    }
    if (!visited.add(name)) {
      return lost("the copies in stores " + name + " and " + other + " point at each other");
    }
    return standing.state() == State.LEFT
        ? followLeft(name, standing, other, visited)
        : followUnfinished(name, other, visited);
  }

  private Trace followLeft(String name, Standing left, String successor, Set<String> visited) {
    Store store = stores.apply(successor);
    Standing there = store == null ? null : standing(store);
    if (there != null && there.state() == State.UNFINISHED && name.equals(there.other())) {
      return new Trace.Copy(name, left, true);
    }
    Trace next = follow(successor, visited);
    boolean older =
        next instanceof Trace.Copy copy
            && (!copy.standing.uuid().equals(left.uuid())
                || copy.standing.generation() <= left.generation());
    if (next instanceof Trace.Nothing || older) {
      return lost(
          "store "
              + name
              + " was left for store "
              + successor
              + ", which does not hold it any more");
    }
    return next;
  }

  private Trace followUnfinished(String name, String source, Set<String> visited) {
    Trace next = follow(source, visited);
    return next instanceof Trace.Nothing
        ? lost(
            "store "
                + name
                + " holds an unfinished copy, and store "
                + source
                + ", which it was to be copied from, has none")
        : next;
  }

  private static Trace lost(String why) {
    return new Trace.End(
        new Finding.Lost(
            why + "; moveContents = false opens what the configured store has, and no other"));
  }

  private @Nullable Standing standing(Store store) {
    if (!store.names().contains(database)) {
      return null;
    }
    try (Space space = store.open(database)) {
      return space.<@Nullable Standing>read(Standing::read);
    }
  }

  /** Makes what a store has the one that counts, whatever it says; an unfinished copy goes. */
  public static void claim(String database, Store store) {
    if (!store.names().contains(database)) {
      return;
    }
    Standing standing;
    try (Space space = store.open(database)) {
      standing = space.<@Nullable Standing>read(Standing::read);
      if (standing != null && standing.state() == State.LEFT) {
        space.write(
            transaction -> {
              Standing.reclaim(transaction);
              return true;
            });
      }
    }
    if (standing != null && standing.state() == State.UNFINISHED) {
      store.delete(database);
    }
  }
}
