// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs;
import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A blob is absent or whole, and never changed. */
interface BlobRules extends Rules {

  @Test
  default void aBlobIsInvisibleUntilPublished() throws IOException {
    byte[] key = Bytes.text("key");
    Blobs blobs = subject().blobs();
    try (BlobSink sink = blobs.create()) {
      sink.write(Bytes.text("hello, "), 0, 7);
      assertAbsent(key);
      sink.write(Bytes.text("a big world"), 6, 5);
      assertAbsent(key);
      sink.publish(key);
      assertArrayEquals(Bytes.text("hello, world"), read(key));
    }
    assertEquals(12, blobs.length(key));
    assertEquals(Set.of(new BlobKey(key)), blobs.keys());
    assertArrayEquals(Bytes.text("hello, world"), read(key));
    subject().reopen();
    assertArrayEquals(Bytes.text("hello, world"), read(key));
  }

  @Test
  default void closingWithoutPublishingDiscards() {
    BlobSink sink = subject().blobs().create();
    sink.write(new byte[100_000], 0, 100_000);
    sink.close();
    sink.close();
    assertEquals(Set.of(), subject().blobs().keys());
    assertThrows(StoreException.class, () -> sink.write(new byte[1], 0, 1));
    assertThrows(StoreException.class, () -> sink.publish(Bytes.text("late")));
    assertEquals(Set.of(), subject().blobs().keys());
  }

  @Test
  default void aSinkIsGoodForOneBlob() throws IOException {
    BlobSink sink = subject().blobs().create();
    sink.publish(Bytes.text("empty"));
    assertThrows(StoreException.class, () -> sink.publish(Bytes.text("other")));
    assertThrows(StoreException.class, () -> sink.write(new byte[1], 0, 1));
    sink.close();
    assertEquals(0, subject().blobs().length(Bytes.text("empty")));
    assertArrayEquals(new byte[0], read(Bytes.text("empty")));
    assertEquals(Set.of(new BlobKey(Bytes.text("empty"))), subject().blobs().keys());
  }

  @Test
  default void publishingAKeyThatIsThereDiscardsTheNewOne() throws IOException {
    byte[] key = Bytes.text("same");
    publish(key, Bytes.text("content"));
    publish(key, Bytes.text("content"));
    assertArrayEquals(Bytes.text("content"), read(key));
    assertEquals(Set.of(new BlobKey(key)), subject().blobs().keys());
    assertTrue(subject().blobs().delete(key));
    assertAbsent(key);
    publish(key, Bytes.text("content"));
    assertArrayEquals(Bytes.text("content"), read(key));
  }

  @Test
  default void theSinkDoesNotKeepTheArraysItIsGiven() throws IOException {
    byte[] buffer = new byte[100];
    byte[] key = Bytes.text("key");
    try (BlobSink sink = subject().blobs().create()) {
      for (int i = 0; i < 1000; i++) {
        Arrays.fill(buffer, (byte) i);
        sink.write(buffer, 0, buffer.length);
      }
      Arrays.fill(buffer, (byte) 77);
      sink.publish(key);
      key[0] = 'X';
    }
    byte[] content = read(Bytes.text("key"));
    assertEquals(100_000, content.length);
    for (int i = 0; i < content.length; i++) {
      assertEquals((byte) (i / 100), content[i]);
    }
  }

  @Test
  default void keysAreAny1To64Bytes() throws IOException {
    List<byte[]> keys = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      keys.add(new byte[] {(byte) value});
    }
    keys.add(Bytes.text(".."));
    keys.add(Bytes.text("../../x"));
    keys.add(Bytes.text("A"));
    keys.add(new byte[] {0, 0});
    keys.add(Bytes.random(1, 20));
    keys.add(Bytes.random(2, 64));
    Set<BlobKey> expected = new HashSet<>();
    for (byte[] key : keys) {
      publish(key, key);
      expected.add(new BlobKey(key));
    }
    assertEquals(expected, subject().blobs().keys());
    subject().reopen();
    assertEquals(expected, subject().blobs().keys());
    for (byte[] key : keys) {
      assertArrayEquals(key, read(key));
    }
    for (int length : new int[] {0, 65}) {
      try (BlobSink sink = subject().blobs().create()) {
        assertThrows(StoreException.class, () -> sink.publish(new byte[length]));
      }
      assertEquals(-1, subject().blobs().length(new byte[length]));
      assertNull(subject().blobs().open(new byte[length]));
      assertFalse(subject().blobs().delete(new byte[length]));
    }
    assertEquals(expected, subject().blobs().keys());
  }

  @Test
  default void deletingSaysWhetherItWasThere() {
    byte[] key = Bytes.text("key");
    assertFalse(subject().blobs().delete(key));
    publish(key, new byte[1]);
    assertTrue(subject().blobs().delete(key));
    assertFalse(subject().blobs().delete(key));
    assertAbsent(key);
    subject().reopen();
    assertAbsent(key);
  }

  @Test
  default void aStreamStaysReadableWhenTheBlobIsDeleted() throws IOException {
    byte[] key = Bytes.text("key");
    byte[] content = Bytes.random(1, 3_000_000);
    publish(key, content);
    try (InputStream stream = subject().blobs().open(key);
        InputStream beside = subject().blobs().open(key)) {
      byte[] start = stream.readNBytes(1000);
      assertTrue(subject().blobs().delete(key));
      assertAbsent(key);
      assertArrayEquals(Arrays.copyOf(content, 1000), start);
      assertTrue(
          Arrays.equals(Arrays.copyOfRange(content, 1000, content.length), stream.readAllBytes()));
      assertEquals(-1, stream.read());
      assertTrue(Arrays.equals(content, beside.readAllBytes()));
    }
  }

  @Test
  default void aBlobIsLargerThanAnyBuffer() throws IOException {
    byte[] key = Bytes.text("large");
    byte[] piece = new byte[64 << 10];
    int pieces = 800;
    Random random = new Random(1);
    try (BlobSink sink = subject().blobs().create()) {
      for (int i = 0; i < pieces; i++) {
        random.nextBytes(piece);
        sink.write(piece, 0, piece.length);
      }
      sink.publish(key);
    }
    assertEquals((long) pieces * piece.length, subject().blobs().length(key));
    Random again = new Random(1);
    try (InputStream stream = subject().blobs().open(key)) {
      for (int i = 0; i < pieces; i++) {
        again.nextBytes(piece);
        assertTrue(Arrays.equals(piece, stream.readNBytes(piece.length)));
      }
      assertEquals(-1, stream.read());
    }
  }

  @Test
  default void manySinksAreOpenAtOnce() throws IOException {
    List<BlobSink> sinks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sinks.add(subject().blobs().create());
    }
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 50; i++) {
        sinks.get(i).write(new byte[] {(byte) i, (byte) round}, 0, 2);
      }
    }
    for (int i = 0; i < 50; i++) {
      sinks.get(i).publish(Bytes.number(i));
    }
    for (int i = 0; i < 50; i++) {
      byte[] content = read(Bytes.number(i));
      assertEquals(40, content.length);
      assertEquals((byte) i, content[38]);
      assertEquals((byte) 19, content[39]);
    }
  }

  @Test
  default void manyThreadsPublishAndDelete() throws IOException {
    List<FutureTask<Boolean>> threads = new ArrayList<>();
    for (int thread = 0; thread < 6; thread++) {
      int own = thread;
      threads.add(
          ConcurrencyRules.start(
              () -> {
                for (int i = 0; i < 20; i++) {
                  publish(Bytes.number(own * 100L + i), Bytes.random(i, 5000));
                  publish(Bytes.number(10_000 + i), Bytes.random(i, 5000));
                  if (i % 2 == 0) {
                    assertTrue(subject().blobs().delete(Bytes.number(own * 100L + i)));
                  }
                  subject().blobs().keys();
                }
                return true;
              }));
    }
    threads.forEach(ConcurrencyRules::result);
    assertEquals(6 * 10 + 20, subject().blobs().keys().size());
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(Bytes.random(i, 5000), read(Bytes.number(10_000 + i)));
    }
  }

  @Test
  default void afterTheSpaceIsClosedNothingIsPublished() {
    publish(Bytes.text("before"), new byte[1]);
    Space space = subject().space();
    Blobs blobs = space.blobs();
    BlobSink sink = blobs.create();
    sink.write(new byte[10], 0, 10);
    space.close();
    byte[] key = Bytes.text("late");
    assertThrows(StoreException.class, () -> sink.write(new byte[1], 0, 1));
    assertThrows(StoreException.class, () -> sink.publish(key));
    sink.close();
    assertThrows(StoreException.class, blobs::create);
    assertThrows(StoreException.class, blobs::keys);
    assertThrows(StoreException.class, () -> blobs.length(key));
    assertThrows(StoreException.class, () -> blobs.open(key));
    assertThrows(StoreException.class, () -> blobs.delete(key));
    subject().reopen();
    assertEquals(Set.of(new BlobKey(Bytes.text("before"))), subject().blobs().keys());
  }

  @Test
  default void whatWasNeverPublishedTakesNoRoomAfterReopening() throws IOException {
    publish(Bytes.text("kept"), new byte[1]);
    BlobSink abandoned = subject().blobs().create();
    abandoned.write(new byte[8 << 20], 0, 8 << 20);
    subject().reopen();
    assertEquals(Set.of(new BlobKey(Bytes.text("kept"))), subject().blobs().keys());
    try (Stream<Path> files = Files.walk(subject().directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertTrue(Files.size(file) != 8 << 20, () -> "left over: " + file);
      }
    }
  }

  private void publish(byte[] key, byte[] content) {
    Commits.publish(subject().space(), key, content);
  }

  private byte[] read(byte[] key) throws IOException {
    try (InputStream stream = subject().blobs().open(key)) {
      return stream.readAllBytes();
    }
  }

  private void assertAbsent(byte[] key) {
    assertEquals(-1, subject().blobs().length(key));
    assertNull(subject().blobs().open(key));
    assertFalse(subject().blobs().keys().contains(new BlobKey(key)));
  }
}
