// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.BodySource;
import dev.divan.blip.Compression;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.replicator.wire.Faults;
import dev.divan.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code getAttachment} and {@code proveAttachment}: blobs by their digest, streamed from
 * the store.
 */
public final class BlobOutlet {
  private static final int MAX_NONCE = 255;

  /** Blobs sent or proven at the same time: each holds a file open, or a worker busy. */
  private static final int AT_ONCE = 32;

  /** Requests that wait for their turn; a peer that asks for more is refused for now. */
  private static final int MAX_WAITING = 10_000;

  private final Talk talk;
  private final ReplicaBlobs blobs;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private final Runnable next = this::next;
  private int running;

  public BlobOutlet(Talk talk) {
    this.talk = talk;
    this.blobs = talk.database().blobs();
  }

  public void get(IncomingRequest request) {
    String digest = request.properties().get("digest");
    if (!isDigest(digest)) {
      request.fail(Faults.invalidDigest());
      return;
    }
    inTurn(request, () -> send(request, digest));
  }

  /** Begins a job, now or when others are done; it must end in {@link #done}. */
  private void inTurn(IncomingRequest request, Runnable job) {
    if (running < AT_ONCE) {
      running++;
      job.run();
    } else if (waiting.size() < MAX_WAITING) waiting.add(job);
    else request.fail(Faults.busy("too many blobs asked for at once"));
  }

  private void done() {
    running--;
    // Not at once: the end of the connection ends all jobs in one go.
    if (!waiting.isEmpty()) talk.lane().execute(next);
  }

  private void next() {
    if (talk.ended()) waiting.clear();
    for (Runnable job; running < AT_ONCE && (job = waiting.poll()) != null; ) {
      running++;
      job.run();
    }
  }

  private void send(IncomingRequest request, String digest) {
    InputStream content;
    try {
      content = blobs.open(digest);
    } catch (StoreException e) {
      request.fail(Faults.busy("blobs cannot be read now"));
      done();
      return;
    }
    if (content == null) {
      request.fail(Faults.noSuchBlob());
      done();
      return;
    }
    boolean compress = talk.compresses() && request.properties().flag("compress");
    request.respond(
        Properties.EMPTY, new Stream(content), compress ? Compression.FAST : Compression.NONE);
  }

  /** Proves that we hold a blob: the digest of nonce and content together. */
  public void prove(IncomingRequest request) {
    String digest = request.properties().get("digest");
    byte[] nonce = request.body();
    if (nonce.length == 0 || nonce.length > MAX_NONCE) {
      request.fail(Faults.missingNonce());
      return;
    }
    if (!isDigest(digest)) {
      request.fail(Faults.invalidDigest());
      return;
    }
    inTurn(request, () -> prove(request, nonce, digest));
  }

  private void prove(IncomingRequest request, byte[] nonce, String digest) {
    talk.offLane(
        () -> proof(nonce, digest),
        (proof, failure) -> {
          done();
          if (proof == null) request.fail(Faults.noSuchBlob());
          else
            request.respond(
                Properties.EMPTY, proof.getBytes(StandardCharsets.US_ASCII), Compression.NONE);
        });
  }

  private @Nullable String proof(byte[] nonce, String digest)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
    sha1.update((byte) nonce.length);
    sha1.update(nonce);
    try (InputStream content = blobs.open(digest)) {
      if (content == null) return null;
      byte[] buffer = new byte[64 * 1024];
      for (int n; (n = content.read(buffer)) >= 0; ) sha1.update(buffer, 0, n);
    }
    return "sha1-" + Base64.getEncoder().encodeToString(sha1.digest());
  }

  /** Whether it is written as digests are; a blob under any other name is not asked for. */
  static boolean isDigest(@Nullable String digest) {
    if (digest == null || digest.length() != 33 || !digest.startsWith("sha1-")) return false;
    try {
      byte[] sha1 = Base64.getDecoder().decode(digest.substring(5));
      return sha1.length == 20 && digest.endsWith(Base64.getEncoder().encodeToString(sha1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private final class Stream implements BodySource {
    private final InputStream content;

    Stream(InputStream content) {
      this.content = content;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      try {
        return content.read(buffer, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      done();
      try {
        content.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
