// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpoolTest {
  private static final String DIGEST = "sha1-Kq5sNclPz7QV2+lfQIuc6R7oRu0=";

  private final ArrayDeque<Runnable> work = new ArrayDeque<>();
  private final Shelf shelf = new Shelf();
  private final AtomicInteger taken = new AtomicInteger();
  private final Spool spool = new Spool(shelf, DIGEST, work::add, taken::addAndGet);

  private void put(String text) {
    spool.put(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void runWork() {
    for (Runnable next; (next = work.poll()) != null; ) next.run();
  }

  private CompletableFuture<Boolean> result() {
    return spool.result().toCompletableFuture();
  }

  @Test
  void nothingIsWrittenOnTheThreadThatBringsTheBytes() {
    put("one");
    assertFalse(shelf.open);
    assertEquals(1, work.size());
  }

  @Test
  void bytesAreWrittenInOrderAndCountedThenTheBlobIsFinished() {
    put("one");
    put("two");
    runWork();
    assertEquals(6, taken.get());
    put("three");
    spool.end();
    assertEquals(1, work.size(), "one turn at a time, or their order would be lost");
    runWork();
    assertArrayEquals(
        "onetwothree".getBytes(StandardCharsets.US_ASCII), shelf.written.toByteArray());
    assertEquals(11, taken.get());
    assertTrue(result().join());
    assertFalse(shelf.open);
  }

  @Test
  void anEmptyBlobIsABlob() {
    spool.end();
    runWork();
    assertTrue(shelf.finished);
    assertTrue(result().join());
  }

  @Test
  void whatDoesNotHaveItsDigestIsSaidToBeNotWhole() {
    shelf.whole = false;
    put("one");
    spool.end();
    runWork();
    assertFalse(result().join());
    assertFalse(shelf.open);
  }

  @Test
  void whatIsDiscardedIsClosedAndNeverFinished() {
    put("one");
    runWork();
    assertTrue(shelf.open);
    put("two");
    spool.discard();
    runWork();
    assertFalse(shelf.finished);
    assertFalse(shelf.open);
    assertFalse(result().join());
  }

  @Test
  void aStoreThatFailsEndsItAndTheRestIsCountedAndDropped() {
    shelf.failure = new StoreException("full");
    put("one");
    put("two");
    runWork();
    put("three");
    spool.end();
    runWork();
    assertEquals(11, taken.get());
    assertSame(
        shelf.failure, assertThrows(CompletionException.class, () -> result().join()).getCause());
    assertFalse(shelf.open);
  }

  @Test
  void whenTheWorkersAreGoneItIsClosedAllTheSame() {
    Spool late =
        new Spool(
            shelf,
            DIGEST,
            work -> {
              throw new RejectedExecutionException();
            },
            taken::addAndGet);
    late.put(new byte[3]);
    late.discard();
    assertFalse(shelf.open);
    assertFalse(late.result().toCompletableFuture().join());
  }

  /** Holds one blob. */
  private static final class Shelf implements ReplicaBlobs {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean whole = true;
    private boolean open;
    private boolean finished;
    private @Nullable StoreException failure;

    @Override
    public long length(String digest) {
      return -1;
    }

    @Override
    public @Nullable InputStream open(String digest) {
      return null;
    }

    @Override
    public Receipt receive(String digest) {
      open = true;
      return new Receipt() {
        @Override
        public void write(byte[] bytes, int offset, int length) {
          if (failure != null) throw failure;
          written.write(bytes, offset, length);
        }

        @Override
        public boolean finish() {
          finished = true;
          return whole;
        }

        @Override
        public void close() {
          open = false;
        }
      };
    }
  }
}
