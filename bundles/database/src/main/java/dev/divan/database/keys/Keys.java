// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.keys;

import dev.divan.database.revision.RevID;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys that belong to the database as a whole. The first byte says what a key is about; {@link
 * CollectionKeys} has those of one collection.
 *
 * <pre>
 * 01                        about the database: format, UUID, next numbers
 * 02 name                   a collection: its number
 * 03 number                 a collection's state: last sequence, documents, clock
 * 04 SHA-1 of name          a peer: its number, its name
 * 05 SHA-1 of ID            a checkpoint
 * 06 number                 a collection dropped whose entries are still to be removed
 * 07                        what this copy is worth, where there are several; never copied
 * 13 time collection docID  an expiration; eight bytes of milliseconds
 * </pre>
 *
 * Names of peers and checkpoints are hashed because strangers choose them and keys have a limit.
 */
public final class Keys {
  private static final int COLLECTION = 0x02;
  private static final int STATE = 0x03;
  private static final int PEER = 0x04;
  private static final int CHECKPOINT = 0x05;
  private static final int DROPPED = 0x06;
  private static final int STANDING = 0x07;
  static final int EXPIRATION = 0x13;

  private Keys() {}

  public static byte[] about() {
    return new byte[] {0x01};
  }

  public static byte[] collection(String fullName) {
    return named(COLLECTION, fullName.getBytes(StandardCharsets.UTF_8));
  }

  /** What all keys of collections begin with. */
  public static byte[] collections() {
    return new byte[] {COLLECTION};
  }

  public static String collectionName(byte[] key) {
    return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
  }

  public static byte[] state(long collection) {
    return numbered(STATE, collection);
  }

  public static byte[] peer(String name) {
    return named(PEER, hash(name));
  }

  public static byte[] checkpoint(String id) {
    return named(CHECKPOINT, hash(id));
  }

  public static byte[] dropped(long collection) {
    return numbered(DROPPED, collection);
  }

  /** What all keys of dropped collections begin with. */
  public static byte[] allDropped() {
    return new byte[] {DROPPED};
  }

  public static long droppedNumber(byte[] key) {
    return new Bytes(key, 1).readNumber();
  }

  /** Of the room {@code move}. */
  public static byte[] standing() {
    return new byte[] {STANDING};
  }

  /** What the changes of all collections begin with. */
  public static byte[] changes() {
    return new byte[] {CollectionKeys.SEQUENCE};
  }

  /** Whether it is the key of a document's record. */
  public static boolean isDocument(byte[] key) {
    return key[0] == CollectionKeys.DOCUMENT;
  }

  /** What all expirations begin with. */
  public static byte[] expirations() {
    return new byte[] {EXPIRATION};
  }

  public static Expiration expiration(byte[] key) {
    Bytes bytes = new Bytes(key, 1);
    return new Expiration(bytes.readEight(), bytes.readNumber(), bytes.readText());
  }

  /**
   * One entry of the index of expirations.
   *
   * @param at milliseconds since 1970
   */
  public record Expiration(long at, long collection, String documentID) {}

  /** The least key greater than all that begin with a prefix whose last byte is below ff. */
  public static byte[] after(byte[] prefix) {
    byte[] after = prefix.clone();
    after[after.length - 1]++;
    return after;
  }

  static byte[] numbered(int tag, long number) {
    return new Bytes(1 + Bytes.sizeOf(number)).one(tag).number(number).done();
  }

  private static byte[] named(int tag, byte[] name) {
    byte[] key = new byte[1 + name.length];
    key[0] = (byte) tag;
    System.arraycopy(name, 0, key, 1, name.length);
    return key;
  }

  private static byte[] hash(String name) {
    return RevID.sha1().digest(name.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] joined(byte[] prefix, byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    return key;
  }
}
