// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.database.DivanException;
import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.Keys;
import dev.divan.database.table.About;
import dev.divan.store.Snapshot;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a space says of its copy of a database. One that has never moved says nothing and is whole,
 * of generation 0.
 *
 * <pre>
 * state       1 byte: 1 whole, 2 unfinished, 3 left
 * generation  number
 * UUID        16 bytes
 * store       length (number), name: where it came from or, if left, went to
 * </pre>
 *
 * @param uuid of the database
 * @param generation grows by one with each move; of a left copy, its own and not the successor's
 * @param other the name of the other store; null if it never moved
 */
public record Standing(State state, UUID uuid, long generation, @Nullable String other) {

  /** Which of the three. */
  public enum State {
    WHOLE,
    UNFINISHED,
    LEFT
  }

  /** What is there; null if there is no database. */
  public static @Nullable Standing read(Snapshot snapshot) {
    byte[] bytes = snapshot.get(Keys.standing());
    if (bytes == null) {
      About about = About.read(snapshot);
      return about == null ? null : new Standing(State.WHOLE, about.uuid(), 0, null);
    }
    Bytes in = new Bytes(bytes, 0);
    int state = in.readOne();
    if (state < 1 || state > State.values().length) {
      throw new DivanException("a copy in an unknown state; a newer version wrote it");
    }
    long generation = in.readNumber();
    UUID uuid = in.readUuid();
    String other = new String(in.read((int) in.readNumber()), StandardCharsets.UTF_8);
    return new Standing(State.values()[state - 1], uuid, generation, other);
  }

  void write(Transaction transaction) {
    byte[] name = other == null ? new byte[0] : other.getBytes(StandardCharsets.UTF_8);
    int size = 1 + Bytes.sizeOf(generation) + 16 + Bytes.sizeOf(name.length) + name.length;
    Bytes out = new Bytes(size).one(state.ordinal() + 1).number(generation).uuid(uuid);
    transaction.put(Keys.standing(), out.number(name.length).all(name).done());
  }

  /**
   * @throws StoreException in words, if this copy must not be opened
   */
  public static void admit(String database, Snapshot snapshot) {
    Standing standing = read(snapshot);
    if (standing != null && standing.state == State.UNFINISHED) {
      throw new StoreException(
          database + " is an unfinished copy here; it was being moved from " + standing.place());
    }
    if (standing != null && standing.state == State.LEFT) {
      throw new StoreException(database + " was moved from here to " + standing.place());
    }
  }

  /** Makes a left copy the one that counts, even if its successor is found again. */
  public static void reclaim(Transaction transaction) {
    Standing standing = read(transaction);
    if (standing != null && standing.state == State.LEFT) {
      standing.reclaimed().write(transaction);
    }
  }

  /** Above a successor that may have been finished after all. */
  Standing reclaimed() {
    return new Standing(State.WHOLE, uuid, generation + 2, other);
  }

  private String place() {
    return "store " + other;
  }
}
