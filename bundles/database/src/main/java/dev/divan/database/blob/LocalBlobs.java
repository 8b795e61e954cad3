// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.blob;

import dev.divan.database.Blob;
import dev.divan.database.BlobSource;
import dev.divan.database.DivanException;
import dev.divan.database.DocumentProvider;
import dev.divan.database.InvalidDocumentException;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.database.revision.RevID;
import dev.divan.json.Body.BlobReference;
import dev.divan.store.BlobSink;
import dev.divan.store.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The blobs of a database, under the 20 bytes of their SHA-1. May be used by all threads. */
public final class LocalBlobs implements ReplicaBlobs, BlobSource {
  private static final int PIECE = 64 << 10;

  /** How long a blob that came or was asked for is kept, though no document mentions it yet. */
  private static final long GRACE = TimeUnit.MINUTES.toNanos(5);

  /** From so many on, those whose grace is over are forgotten. */
  private static final int MANY = 10_000;

  private final Blobs blobs;
  private final ConcurrentHashMap<Blobs.BlobKey, Long> expected = new ConcurrentHashMap<>();

  public LocalBlobs(Blobs blobs) {
    this.blobs = blobs;
  }

  @Override
  public long length(String digest) {
    byte[] key = Digest.parse(digest);
    long length = key == null ? -1 : blobs.length(key);
    if (length >= 0) {
      expect(key);
    }
    return length;
  }

  @Override
  public @Nullable InputStream open(String digest) {
    byte[] key = Digest.parse(digest);
    return key == null ? null : blobs.open(key);
  }

  @Override
  public Receipt receive(String digest) {
    byte[] key = Digest.parse(digest);
    if (key == null) {
      throw new IllegalArgumentException("not a digest: " + digest);
    }
    return new Incoming(key, blobs.create());
  }

  /** The first of these whose bytes are not here; null if all are. Foreign digests do not count. */
  public @Nullable String missing(List<BlobReference> references) {
    for (int i = 0; i < references.size(); i++) {
      String digest = references.get(i).digest();
      byte[] key = Digest.parse(digest);
      if (key != null && blobs.length(key) < 0) {
        return digest;
      }
    }
    return null;
  }

  /** Stores what a new blob holds, and tells it; it is kept until {@link #release}. */
  public void store(Blob blob) {
    MessageDigest sha = RevID.sha1();
    long length = 0;
    try (InputStream in = blob.getContentStream();
        BlobSink sink = blobs.create()) {
      if (in == null) {
        throw new InvalidDocumentException("the content of a blob has been read before");
      }
      byte[] piece = new byte[PIECE];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        sha.update(piece, 0, n);
        sink.write(piece, 0, n);
        length += n;
      }
      byte[] key = sha.digest();
      expect(key);
      sink.publish(key);
      DocumentProvider.stored(blob, Digest.text(key), length, this);
    } catch (IOException e) {
      throw new DivanException("cannot read the content of a blob", e);
    }
  }

  /** A blob just stored needs no grace any more. */
  public void release(Blob blob) {
    byte[] key = blob.digest() == null ? null : Digest.parse(blob.digest());
    if (key != null) {
      expected.remove(new Blobs.BlobKey(key));
    }
  }

  private void expect(byte[] key) {
    long now = System.nanoTime();
    if (expected.size() > MANY) {
      expected.values().removeIf(since -> now - since > GRACE);
    }
    expected.put(new Blobs.BlobKey(key), now);
  }

  public Set<Blobs.BlobKey> keys() {
    return blobs.keys();
  }

  /** Deletes a blob, unless a document that mentions it may be on its way. */
  public boolean deleteUnexpected(Blobs.BlobKey key) {
    Long since = expected.get(key);
    if (since != null && System.nanoTime() - since <= GRACE) {
      return false;
    }
    expected.remove(key);
    return blobs.delete(key.bytes());
  }

  /** A blob from a peer, hashed while it comes. */
  private final class Incoming implements Receipt {
    private final byte[] key;
    private final BlobSink sink;
    private final MessageDigest sha = RevID.sha1();

    Incoming(byte[] key, BlobSink sink) {
      this.key = key;
      this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sha.update(bytes, offset, length);
      sink.write(bytes, offset, length);
    }

    @Override
    public boolean finish() {
      try (sink) {
        if (!Arrays.equals(sha.digest(), key)) {
          return false;
        }
        expect(key);
        sink.publish(key);
        return true;
      }
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
