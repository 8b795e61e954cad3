// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.keys.Keys;
import dev.divan.database.record.ChangeEntry;
import dev.divan.database.record.Record;
import dev.divan.database.replica.Change;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Version;
import dev.divan.database.revision.VersionVector;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of one collection. May be used by all threads. */
public final class DocumentTable {
  /** Entries looked at in one commit, so that others' writes get their turn. */
  private static final int PIECE = 1000;

  private final String name;
  private final CollectionKeys keys;
  private volatile long lastSequence;
  private volatile long count;
  // Only for who has the right to commit.
  private boolean purged;

  /** A collection's documents; {@code state} is what is stored about it. */
  public DocumentTable(String name, long number, byte[] state) {
    this.name = name;
    this.keys = new CollectionKeys(number);
    committed(Writing.read(state));
  }

  public String name() {
    return name;
  }

  public long number() {
    return keys.number();
  }

  public CollectionKeys keys() {
    return keys;
  }

  /** The sequence of the last committed change. */
  public long lastSequence() {
    return lastSequence;
  }

  /** How many documents there are, tombstones not counted. */
  public long count() {
    return count;
  }

  /** What was written with these counters is durable. */
  public void committed(Writing.State state) {
    count = state.count;
    lastSequence = state.sequence;
  }

  public @Nullable Record get(Snapshot snapshot, byte[] id) {
    byte[] bytes = snapshot.get(keys.document(id));
    return bytes == null ? null : new Record(bytes);
  }

  /**
   * Makes a revision the current one of a document, under a version of our own.
   *
   * @param current what is stored now
   * @return its sequence
   */
  public long put(
      Writing writing,
      String id,
      byte[] idBytes,
      @Nullable Record current,
      RevID revID,
      List<RevID> history,
      boolean deleted,
      boolean blobs,
      byte[] body) {
    Writing.State state = writing.state(this);
    Transaction transaction = writing.transaction();
    long sequence = ++state.sequence;
    VersionVector vector;
    if (current == null) {
      vector = VersionVector.of(writing.version(0));
    } else {
      VersionVector before = current.vector();
      Version next = writing.version(before.time(writing.source()));
      vector = before.edit(next);
      transaction.delete(keys.sequence(current.sequence()));
    }
    transaction.put(
        keys.document(idBytes),
        Record.encode(deleted, blobs, sequence, revID, history, vector, body));
    transaction.put(
        keys.sequence(sequence), ChangeEntry.encode(deleted, body.length, revID, idBytes));
    boolean lived = current != null && !current.deleted();
    state.count += (deleted ? 0 : 1) - (lived ? 1 : 0);
    state.changed.add(id);
    return sequence;
  }

  /** Forgets a document and all that is known about it; false if there is none. */
  public boolean purge(Writing writing, String id) {
    byte[] idBytes = CollectionKeys.bytes(id);
    Transaction transaction = writing.transaction();
    Record current = get(transaction, idBytes);
    if (current == null) {
      return false;
    }
    Writing.State state = writing.state(this);
    purged = true;
    expire(writing, idBytes, -1);
    transaction.delete(keys.sequence(current.sequence()));
    transaction.delete(keys.document(idBytes));
    byte[] held = keys.held(idBytes);
    List<byte[]> gone = new ArrayList<>();
    try (Cursor cursor = transaction.scan(held, Keys.after(held))) {
      while (cursor.next()) {
        gone.add(cursor.key());
      }
    }
    for (byte[] key : gone) {
      transaction.delete(key);
    }
    state.count -= current.deleted() ? 0 : 1;
    state.changed.add(id);
    return true;
  }

  /** Sets when a document expires, in milliseconds since 1970; -1 for never. */
  public void expire(Writing writing, byte[] idBytes, long at) {
    Transaction transaction = writing.transaction();
    long before = expires(transaction, idBytes);
    if (before >= 0) {
      transaction.delete(keys.expiration(before, idBytes));
    }
    if (at >= 0) {
      transaction.put(keys.expires(idBytes), new Bytes(8).eight(at).done());
      transaction.put(keys.expiration(at, idBytes), new byte[0]);
    } else if (before >= 0) {
      transaction.delete(keys.expires(idBytes));
    }
  }

  /** When a document expires; -1 for never. */
  public long expires(Snapshot snapshot, byte[] idBytes) {
    byte[] at = snapshot.get(keys.expires(idBytes));
    return at == null ? -1 : new Bytes(at, 0).readEight();
  }

  /** What a peer holds of a document, or null if that is not known. */
  public @Nullable RevID held(Snapshot snapshot, byte[] idBytes, long peer) {
    byte[] bytes = peer == 0 ? null : snapshot.get(keys.held(idBytes, peer));
    return bytes == null ? null : ChangeEntry.decodeRevID(bytes);
  }

  /** Remembers what a peer holds of a document. */
  public void hold(Writing writing, byte[] idBytes, long peer, RevID revID) {
    writing.transaction().put(keys.held(idBytes, peer), ChangeEntry.encode(revID));
  }

  /**
   * Remembers what a peer has said to hold of a document that was here when it was sent or told of.
   * Of one purged meanwhile nothing is remembered; as long as nothing was purged, none is looked
   * for.
   */
  public void acknowledged(Writing writing, byte[] idBytes, long peer, RevID revID) {
    Transaction transaction = writing.transaction();
    boolean here = !purged || transaction.get(keys.document(idBytes)) != null;
    if (here && !revID.equals(held(transaction, idBytes, peer))) {
      hold(writing, idBytes, peer, revID);
    }
  }

  /**
   * Forgets what a peer holds, from a key on, piece by piece.
   *
   * @return the key to go on from; null when done
   */
  public byte @Nullable [] forget(Writing writing, long peer, byte[] from) {
    List<byte[]> gone = new ArrayList<>();
    byte[] next = null;
    try (Cursor cursor = writing.transaction().scan(from, Keys.after(keys.held()))) {
      for (int i = 0; cursor.next(); i++) {
        byte[] key = cursor.key();
        if (i == PIECE) {
          next = key;
          break;
        }
        if (keys.peer(key) == peer) {
          gone.add(key);
        }
      }
    }
    for (byte[] key : gone) {
      writing.transaction().delete(key);
    }
    return next;
  }

  /** Changes after a sequence, at most so many; with what a peer holds, if its number is not 0. */
  public List<Change> changes(Snapshot snapshot, long since, int limit, long peer) {
    List<Change> changes = new ArrayList<>(Math.min(limit, 256));
    if (since == Long.MAX_VALUE || limit <= 0) {
      return changes;
    }
    byte[] from = keys.sequence(Math.max(0, since) + 1);
    try (Cursor cursor = snapshot.scan(from, Keys.after(keys.sequences()))) {
      while (changes.size() < limit && cursor.next()) {
        ChangeEntry entry = ChangeEntry.decode(cursor.value());
        changes.add(change(snapshot, keys.sequence(cursor.key()), entry, peer));
      }
    }
    return changes;
  }

  private Change change(Snapshot snapshot, long sequence, ChangeEntry entry, long peer) {
    RevID held = peer == 0 ? null : held(snapshot, CollectionKeys.bytes(entry.documentID()), peer);
    return new Change(
        sequence,
        entry.documentID(),
        entry.revID().toString(),
        entry.deleted(),
        entry.bodySize(),
        held == null ? null : held.toString());
  }

  /** The latest change of one document. */
  public @Nullable Change change(Snapshot snapshot, String id, long peer) {
    Record current = get(snapshot, CollectionKeys.bytes(id));
    byte[] entry = current == null ? null : snapshot.get(keys.sequence(current.sequence()));
    return current == null || entry == null
        ? null
        : change(snapshot, current.sequence(), ChangeEntry.decode(entry), peer);
  }
}
