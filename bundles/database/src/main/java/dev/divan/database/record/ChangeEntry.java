// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.record;

import dev.divan.database.keys.Bytes;
import dev.divan.database.revision.RevID;
import java.nio.charset.StandardCharsets;

/**
 * What the index of changes says of a document's latest change, so that listing changes reads no
 * bodies.
 *
 * <pre>
 * flags     1 byte: 1 deleted
 * size      number: bytes of body
 * revision  generation (number), digest (length byte, bytes)
 * docID     the rest
 * </pre>
 */
public record ChangeEntry(boolean deleted, int bodySize, RevID revID, String documentID) {

  public static byte[] encode(boolean deleted, int bodySize, RevID revID, byte[] documentID) {
    Bytes out =
        new Bytes(1 + Bytes.sizeOf(bodySize) + Record.sizeOf(revID) + documentID.length)
            .one(deleted ? 1 : 0)
            .number(bodySize);
    Record.revID(out, revID);
    return out.all(documentID).done();
  }

  public static ChangeEntry decode(byte[] bytes) {
    Bytes in = new Bytes(bytes, 1);
    int size = (int) in.readNumber();
    RevID revID = new RevID(in.readNumber(), in.read(in.readOne()));
    int at = in.at();
    String id = new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8);
    return new ChangeEntry((bytes[0] & 1) != 0, size, revID, id);
  }

  /** A revision ID alone: what a peer holds. */
  public static byte[] encode(RevID revID) {
    Bytes out = new Bytes(Record.sizeOf(revID));
    Record.revID(out, revID);
    return out.done();
  }

  /** A revision ID alone. */
  public static RevID decodeRevID(byte[] bytes) {
    Bytes in = new Bytes(bytes, 0);
    return new RevID(in.readNumber(), in.read(in.readOne()));
  }
}
