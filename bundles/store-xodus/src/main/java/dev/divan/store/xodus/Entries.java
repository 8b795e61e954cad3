// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.Cursor;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.StoreConfig;
import jetbrains.exodus.env.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a space in Xodus.
 *
 * <p>Xodus takes no record larger than one of its files (8 MB). A value that is longer than {@link
 * #PIECE} is cut, and its pieces lie in a second map under a number of their own. In the first map
 * a value begins with one byte: 0, and the value follows; or 1, and the number (8 bytes) and the
 * length (4 bytes) do. A piece has the key number (8 bytes), index (4 bytes).
 */
final class Entries {
  /** Trades room lost at the end of a file for the number of records of a large value. */
  static final int PIECE = 512 << 10;

  // Keys lie in the tree (a radix one) and not behind it: ten times the speed on scattered keys.
  private static final StoreConfig TREE = StoreConfig.WITHOUT_DUPLICATES_WITH_PREFIXING;

  private static final byte WHOLE = 0;
  private static final byte CUT = 1;

  private final Store entries;
  private final Store pieces;

  private Entries(Store entries, Store pieces) {
    this.entries = entries;
    this.pieces = pieces;
  }

  static Entries in(Environment environment) {
    return environment.computeInTransaction(
        txn ->
            new Entries(
                environment.openStore("entries", TREE, txn),
                environment.openStore("pieces", TREE, txn)));
  }

  byte @Nullable [] get(Transaction txn, byte[] key) {
    ByteIterable stored = entries.get(txn, new ArrayByteIterable(key));
    return stored == null ? null : value(txn, stored);
  }

  /** The value that a record of the first map stands for. */
  byte[] value(Transaction txn, ByteIterable stored) {
    int length = stored.getLength();
    byte[] bytes = stored.getBytesUnsafe();
    if (bytes[0] == WHOLE) {
      return Arrays.copyOfRange(bytes, 1, length);
    }
    ByteBuffer cut = ByteBuffer.wrap(bytes, 1, length - 1);
    long number = cut.getLong();
    byte[] value = new byte[cut.getInt()];
    for (int index = 0; index * PIECE < value.length; index++) {
      ByteIterable piece = pieces.get(txn, pieceKey(number, index));
      if (piece == null) {
        throw new IllegalStateException("A piece of a large value is missing");
      }
      System.arraycopy(piece.getBytesUnsafe(), 0, value, index * PIECE, piece.getLength());
    }
    return value;
  }

  void put(Transaction txn, byte[] key, byte[] value) {
    ArrayByteIterable at = new ArrayByteIterable(key.clone());
    dropPieces(txn, at);
    entries.put(txn, at, value.length <= PIECE ? whole(value) : cut(txn, value));
  }

  void delete(Transaction txn, byte[] key) {
    ArrayByteIterable at = new ArrayByteIterable(key.clone());
    dropPieces(txn, at);
    entries.delete(txn, at);
  }

  Cursor cursor(Transaction txn) {
    return entries.openCursor(txn);
  }

  private static ByteIterable whole(byte[] value) {
    byte[] stored = new byte[1 + value.length];
    stored[0] = WHOLE;
    System.arraycopy(value, 0, stored, 1, value.length);
    return new ArrayByteIterable(stored);
  }

  private ByteIterable cut(Transaction txn, byte[] value) {
    long number = nextNumber(txn);
    for (int index = 0; index * PIECE < value.length; index++) {
      int from = index * PIECE;
      byte[] piece = Arrays.copyOfRange(value, from, Math.min(value.length, from + PIECE));
      pieces.putRight(txn, pieceKey(number, index), new ArrayByteIterable(piece));
    }
    byte[] stored = new byte[1 + Long.BYTES + Integer.BYTES];
    ByteBuffer.wrap(stored).put(CUT).putLong(number).putInt(value.length);
    return new ArrayByteIterable(stored);
  }

  private long nextNumber(Transaction txn) {
    try (Cursor cursor = pieces.openCursor(txn)) {
      return cursor.getLast() ? ByteBuffer.wrap(cursor.getKey().getBytesUnsafe()).getLong() + 1 : 0;
    }
  }

  /** Most spaces have no large value, and then this costs nothing. */
  private void dropPieces(Transaction txn, ByteIterable key) {
    if (pieces.count(txn) == 0) {
      return;
    }
    ByteIterable stored = entries.get(txn, key);
    if (stored == null || stored.getBytesUnsafe()[0] == WHOLE) {
      return;
    }
    long number = ByteBuffer.wrap(stored.getBytesUnsafe(), 1, Long.BYTES).getLong();
    int index = 0;
    while (pieces.delete(txn, pieceKey(number, index))) {
      index++;
    }
  }

  private static ByteIterable pieceKey(long number, int index) {
    byte[] key = new byte[Long.BYTES + Integer.BYTES];
    ByteBuffer.wrap(key).putLong(number).putInt(index);
    return new ArrayByteIterable(key);
  }
}
