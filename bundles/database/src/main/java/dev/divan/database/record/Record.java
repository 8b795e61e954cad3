// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.record;

import dev.divan.database.DivanException;
import dev.divan.database.keys.Bytes;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Version;
import dev.divan.database.revision.VersionVector;
import java.util.ArrayList;
import java.util.List;

/**
 * A document's record: its one current revision. Parts are read from the bytes when asked for.
 *
 * <pre>
 * format     1 byte: 1
 * flags      1 byte: 1 deleted, 2 has blobs
 * sequence   number
 * revision   generation (number), digest (length byte, bytes)
 * history    count (number); of each: digest length × 2 + gap (byte), generations skipped
 *            (number, if gap), digest
 * vector     count (number), how many are merged (number); of each: time (8), source (16)
 * extension  length (number), bytes; not read by this format, for later ones
 * body       the rest: JSON as it came
 * </pre>
 *
 * A number takes 1 to 9 bytes, 7 bits in each, low ones first.
 */
public final class Record {
  private static final int FORMAT = 1;
  private static final int DELETED = 1;
  private static final int BLOBS = 2;
  private static final int VERSION_SIZE = 24;

  private final byte[] bytes;
  private final long sequence;
  private final RevID revID;
  private final int historyAt;

  /** Reads a record; the bytes are kept. */
  public Record(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != FORMAT) {
      throw new DivanException("a record of an unknown format; a newer version wrote it");
    }
    this.bytes = bytes;
    Bytes in = new Bytes(bytes, 2);
    this.sequence = in.readNumber();
    this.revID = new RevID(in.readNumber(), in.read(in.readOne()));
    this.historyAt = in.at();
  }

  /** Writes a record. */
  public static byte[] encode(
      boolean deleted,
      boolean blobs,
      long sequence,
      RevID revID,
      List<RevID> history,
      VersionVector vector,
      byte[] body) {
    List<Version> versions = vector.versions();
    int size =
        2
            + Bytes.sizeOf(sequence)
            + sizeOf(revID)
            + sizeOf(revID, history)
            + Bytes.sizeOf(versions.size())
            + Bytes.sizeOf(vector.merges())
            + versions.size() * VERSION_SIZE
            + 1
            + body.length;
    Bytes out = new Bytes(size).one(FORMAT).one((deleted ? DELETED : 0) | (blobs ? BLOBS : 0));
    out.number(sequence);
    revID(out, revID);
    history(out, revID, history);
    out.number(versions.size()).number(vector.merges());
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      out.eight(version.time()).uuid(version.source());
    }
    return out.number(0).all(body).done();
  }

  static int sizeOf(RevID revID) {
    return Bytes.sizeOf(revID.generation()) + 1 + revID.digest().length;
  }

  static void revID(Bytes out, RevID revID) {
    out.number(revID.generation()).one(revID.digest().length).all(revID.digest());
  }

  private static int sizeOf(RevID revID, List<RevID> history) {
    int size = Bytes.sizeOf(history.size());
    long generation = revID.generation();
    for (int i = 0; i < history.size(); i++) {
      RevID ancestor = history.get(i);
      long skipped = generation - 1 - ancestor.generation();
      size += 1 + (skipped == 0 ? 0 : Bytes.sizeOf(skipped)) + ancestor.digest().length;
      generation = ancestor.generation();
    }
    return size;
  }

  private static void history(Bytes out, RevID revID, List<RevID> history) {
    out.number(history.size());
    long generation = revID.generation();
    for (int i = 0; i < history.size(); i++) {
      RevID ancestor = history.get(i);
      long skipped = generation - 1 - ancestor.generation();
      out.one(ancestor.digest().length << 1 | (skipped == 0 ? 0 : 1));
      if (skipped != 0) {
        out.number(skipped);
      }
      out.all(ancestor.digest());
      generation = ancestor.generation();
    }
  }

  public boolean deleted() {
    return (bytes[1] & DELETED) != 0;
  }

  /** Whether the body mentions blobs. */
  public boolean hasBlobs() {
    return (bytes[1] & BLOBS) != 0;
  }

  public long sequence() {
    return sequence;
  }

  public RevID revID() {
    return revID;
  }

  /** The ancestors, newest first. */
  public List<RevID> history() {
    return history(new Bytes(bytes, historyAt));
  }

  private List<RevID> history(Bytes in) {
    int count = (int) in.readNumber();
    if (count == 0) {
      return List.of();
    }
    List<RevID> history = new ArrayList<>(count);
    long generation = revID.generation();
    for (int i = 0; i < count; i++) {
      int head = in.readOne();
      generation -= (head & 1) == 0 ? 1 : 1 + in.readNumber();
      history.add(new RevID(generation, in.read(head >> 1)));
    }
    return history;
  }

  /** The versions by which newer clients call this revision. */
  public VersionVector vector() {
    Bytes in = new Bytes(bytes, historyAt);
    history(in);
    int count = (int) in.readNumber();
    int merges = (int) in.readNumber();
    List<Version> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long time = in.readEight();
      versions.add(new Version(time, in.readUuid()));
    }
    return new VersionVector(versions, merges);
  }

  /** The JSON, as a copy. */
  public byte[] body() {
    Bytes in = new Bytes(bytes, historyAt);
    for (long left = in.readNumber(); left > 0; left--) {
      int head = in.readOne();
      if ((head & 1) != 0) {
        in.readNumber();
      }
      in.skip(head >> 1);
    }
    long versions = in.readNumber();
    in.readNumber();
    in.skip(versions * VERSION_SIZE);
    in.skip(in.readNumber());
    return in.readRest();
  }
}
