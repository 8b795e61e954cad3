// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.database.DivanException;
import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.Keys;
import dev.divan.database.revision.Clock;
import dev.divan.database.revision.Version;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What operations write with: a transaction, and the counters of the collections it touches. */
public final class Writing {
  private static final int STATE_SIZE = 24;

  private final Transaction transaction;
  private final Clock clock;
  private final UUID source;
  private final Map<DocumentTable, State> states = new IdentityHashMap<>(4);

  public Writing(Transaction transaction, Clock clock, UUID source) {
    this.transaction = transaction;
    this.clock = clock;
    this.source = source;
  }

  /** The counters of a collection, and what has changed in it. */
  public static final class State {
    long sequence;
    long count;
    List<String> changed = new ArrayList<>();

    /** The IDs of documents that changed, as often as they did. */
    public List<String> changed() {
      return changed;
    }
  }

  public Transaction transaction() {
    return transaction;
  }

  UUID source() {
    return source;
  }

  Version version(long own) {
    return new Version(clock.next(own), source);
  }

  State state(DocumentTable table) {
    State state = states.get(table);
    if (state == null) {
      byte[] bytes = transaction.get(Keys.state(table.number()));
      if (bytes == null) {
        throw new DivanException("the collection has been deleted: " + table.name());
      }
      state = read(bytes);
      states.put(table, state);
    }
    return state;
  }

  /** The counters of a collection as stored. */
  static State read(byte[] bytes) {
    Bytes in = new Bytes(bytes, 0);
    State state = new State();
    state.sequence = in.readEight();
    state.count = in.readEight();
    return state;
  }

  /** The clock as stored with a collection. */
  public static long clock(byte[] stateBytes) {
    return new Bytes(stateBytes, 16).readEight();
  }

  /** The state of an empty collection. */
  public static byte[] empty() {
    return new byte[STATE_SIZE];
  }

  /** Writes the counters that changed. */
  public void end() {
    states.forEach(
        (table, state) -> {
          Bytes out = new Bytes(STATE_SIZE).eight(state.sequence).eight(state.count);
          transaction.put(Keys.state(table.number()), out.eight(clock.last()).done());
        });
  }

  /** What changed, by collection. */
  public Map<DocumentTable, State> states() {
    return states;
  }

  /** Takes over what changed in another writing that came after. */
  public void absorb(Writing later) {
    later.states.forEach(
        (table, state) -> {
          State mine = states.computeIfAbsent(table, t -> new State());
          mine.sequence = state.sequence;
          mine.count = state.count;
          mine.changed.addAll(state.changed);
        });
  }
}
