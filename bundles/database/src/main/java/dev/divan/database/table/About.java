// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.database.DivanException;
import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.Keys;
import dev.divan.store.Snapshot;
import dev.divan.store.Transaction;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The entry about the database itself.
 *
 * <pre>
 * format           1 byte: 1
 * UUID             16 bytes
 * next collection  number
 * next peer        number
 * </pre>
 */
public record About(UUID uuid, long nextCollection, long nextPeer) {
  private static final int FORMAT = 1;

  /** Of a new database. */
  public static About fresh() {
    return new About(UUID.randomUUID(), 1, 1);
  }

  public static @Nullable About read(Snapshot snapshot) {
    byte[] bytes = snapshot.get(Keys.about());
    if (bytes == null) {
      return null;
    }
    if (bytes[0] != FORMAT) {
      throw new DivanException("a database of an unknown format; a newer version wrote it");
    }
    Bytes in = new Bytes(bytes, 1);
    return new About(in.readUuid(), in.readNumber(), in.readNumber());
  }

  public void write(Transaction transaction) {
    int size = 17 + Bytes.sizeOf(nextCollection) + Bytes.sizeOf(nextPeer);
    Bytes out = new Bytes(size).one(FORMAT).uuid(uuid);
    transaction.put(Keys.about(), out.number(nextCollection).number(nextPeer).done());
  }

  /** The number of a peer, or 0 if it has none yet. */
  public static long peer(Snapshot snapshot, String name) {
    byte[] bytes = snapshot.get(Keys.peer(name));
    return bytes == null ? 0 : new Bytes(bytes, 0).readNumber();
  }

  /** The number of a peer, which may be new. */
  public static long peerOrNew(Transaction transaction, String name) {
    long known = peer(transaction, name);
    About about = read(transaction);
    if (known != 0 || about == null) {
      return known;
    }
    long number = about.nextPeer;
    new About(about.uuid, about.nextCollection, number + 1).write(transaction);
    byte[] text = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    transaction.put(
        Keys.peer(name),
        new Bytes(Bytes.sizeOf(number) + text.length).number(number).all(text).done());
    return number;
  }
}
