// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.keys;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The keys of one collection. Its number has a varying length, but none is the beginning of
 * another.
 *
 * <pre>
 * 10 number docID           a document's record
 * 11 number sequence        a change; eight bytes, so that changes sort by time
 * 12 number docID 00 peer   what a peer holds of a document
 * 14 number docID           when a document expires
 * </pre>
 *
 * Document IDs are UTF-8 without control characters, so the 00 cannot be part of one.
 */
public final class CollectionKeys {
  static final int DOCUMENT = 0x10;
  static final int SEQUENCE = 0x11;
  private static final int HELD = 0x12;
  private static final int EXPIRES = 0x14;

  private final long number;
  private final byte[] documents;
  private final byte[] sequences;
  private final byte[] held;
  private final byte[] expires;

  public CollectionKeys(long number) {
    this.number = number;
    this.documents = Keys.numbered(DOCUMENT, number);
    this.sequences = Keys.numbered(SEQUENCE, number);
    this.held = Keys.numbered(HELD, number);
    this.expires = Keys.numbered(EXPIRES, number);
  }

  public long number() {
    return number;
  }

  /** A document ID as it stands in keys. */
  public static byte[] bytes(String documentID) {
    return documentID.getBytes(StandardCharsets.UTF_8);
  }

  /** What the keys of all documents begin with. */
  public byte[] documents() {
    return documents;
  }

  public byte[] document(byte[] documentID) {
    return Keys.joined(documents, documentID);
  }

  public String documentID(byte[] documentKey) {
    int prefix = documents.length;
    return new String(documentKey, prefix, documentKey.length - prefix, StandardCharsets.UTF_8);
  }

  /** What the keys of all changes begin with. */
  public byte[] sequences() {
    return sequences;
  }

  public byte[] sequence(long sequence) {
    return new Bytes(sequences.length + 8).all(sequences).eight(sequence).done();
  }

  public long sequence(byte[] sequenceKey) {
    return new Bytes(sequenceKey, sequences.length).readEight();
  }

  public byte[] held(byte[] documentID, long peer) {
    return new Bytes(held.length + documentID.length + 1 + Bytes.sizeOf(peer))
        .all(held)
        .all(documentID)
        .one(0)
        .number(peer)
        .done();
  }

  /** What the keys of what peers hold of a document begin with. */
  public byte[] held(byte[] documentID) {
    return new Bytes(held.length + documentID.length + 1).all(held).all(documentID).one(0).done();
  }

  /** What the keys of what peers hold begin with. */
  public byte[] held() {
    return held;
  }

  /** Which peer a key of what peers hold is about. */
  public long peer(byte[] heldKey) {
    int at = held.length;
    while (heldKey[at] != 0) {
      at++;
    }
    return new Bytes(heldKey, at + 1).readNumber();
  }

  public byte[] expires(byte[] documentID) {
    return Keys.joined(expires, documentID);
  }

  /** The entry of the index of expirations. */
  public byte[] expiration(long at, byte[] documentID) {
    return new Bytes(1 + 8 + Bytes.sizeOf(number) + documentID.length)
        .one(Keys.EXPIRATION)
        .eight(at)
        .number(number)
        .all(documentID)
        .done();
  }

  /** What all keys of this collection begin with, but for the index of expirations. */
  public List<byte[]> everything() {
    return List.of(documents, sequences, held, expires);
  }
}
