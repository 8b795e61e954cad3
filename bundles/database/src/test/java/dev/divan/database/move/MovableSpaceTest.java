// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MovableSpaceTest {
  private final MemoryStore one = new MemoryStore();
  private final MemoryStore other = new MemoryStore();
  private final MovableSpace space = new MovableSpace(one.open("x"));

  private static byte[] key(int number) {
    return new byte[] {0x10, (byte) number};
  }

  private void put(int number, int size) {
    space.write(
        transaction -> {
          transaction.put(key(number), new byte[size]);
          return true;
        });
  }

  @Test
  void whoOutrunsTheCopyWaitsForIt() throws InterruptedException {
    Trail trail = space.follow();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 6; i++) {
                put(i, 1 << 20);
              }
            });
    writer.start();
    Await.waits(writer);
    AtomicInteger copied = new AtomicInteger();
    Await.until(
        () -> "six copies, not " + copied,
        () -> {
          NavigableSet<byte[]> taken = space.between(() -> trail.take(null));
          assertTrue(taken.size() <= 2, "what is noted is bounded");
          return copied.addAndGet(taken.size()) == 6;
        });
    writer.join();
    assertEquals(Set.of(), space.between(() -> trail.take(null)));
    space.unfollow();
  }

  @Test
  void whoWaitsForACopyThatEndsGoesOn() throws InterruptedException {
    space.follow();
    put(1, 3 << 20);
    Thread writer = new Thread(() -> put(2, 10));
    writer.start();
    Await.waits(writer);
    space.unfollow();
    writer.join();
    assertEquals(10, space.read(s -> s.get(key(2))).length);
  }

  @Test
  void onlyWhatLiesBehindThePlaceReachedIsCopiedAgain() {
    Trail trail = space.follow();
    for (int i = 0; i < 10; i++) {
      put(i, 1);
    }
    List<Byte> taken = new ArrayList<>();
    space.between(() -> trail.take(key(4))).forEach(each -> taken.add(each[1]));
    assertEquals(List.of((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4), taken);
    assertEquals(Set.of(), space.between(() -> trail.take(null)));
  }

  @Test
  void aWriteThatFailsIsNotNoted() {
    Trail trail = space.follow();
    assertThrows(
        IllegalStateException.class,
        () ->
            space.write(
                transaction -> {
                  transaction.put(key(1), new byte[1]);
                  throw new IllegalStateException();
                }));
    assertEquals(Set.of(), space.between(() -> trail.take(null)));
  }

  @Test
  void blobsThatComeAndGoAreNoted() {
    Trail trail = space.follow();
    publish(1);
    publish(2);
    space.blobs().delete(key(2));
    assertEquals(Set.of(new BlobKey(key(1)), new BlobKey(key(2))), trail.takeBlobs());
    assertEquals(Set.of(), trail.takeBlobs());
  }

  private void publish(int number) {
    try (BlobSink sink = space.blobs().create()) {
      sink.write(new byte[5], 0, 5);
      sink.publish(key(number));
    }
  }

  @Test
  void aSpaceThatWasLeftClosesWithTheLastBlobOnItsWay() throws InterruptedException {
    BlobSink first = space.blobs().create();
    BlobSink second = space.blobs().create();
    Space fresh = other.open("x");
    Residence before = space.alone(() -> space.moved(fresh));
    before.leave();
    first.write(new byte[7], 0, 7);
    first.publish(key(1));
    first.close();
    first.close();
    assertFalse(before.isClosed());
    assertEquals(7, fresh.blobs().length(key(1)));
    second.close();
    Await.until(() -> "the space that was left closes", before::isClosed);
    assertThrows(StoreException.class, () -> before.space().read(s -> true));
    space.close();
    assertThrows(StoreException.class, () -> space.read(s -> true));
    assertThrows(StoreException.class, () -> space.blobs().create());
  }

  @Test
  void valuesLargerThanAStepGoAlong() {
    UUID uuid = UUID.randomUUID();
    space.write(
        transaction -> {
          new Standing(Standing.State.WHOLE, uuid, 4, null).write(transaction);
          return true;
        });
    for (int i = 0; i < 8; i++) {
      put(i, 5 << 20);
    }
    space.write(
        transaction -> {
          transaction.delete(key(3));
          return true;
        });
    new Move("x", space, "one", other, "other", progress -> {}).run();
    for (int i = 0; i < 8; i++) {
      byte[] key = key(i);
      if (i == 3) {
        assertNull(space.read(s -> s.get(key)));
      } else {
        assertArrayEquals(new byte[5 << 20], space.read(s -> s.get(key)));
      }
    }
    assertEquals(new Standing(Standing.State.WHOLE, uuid, 5, "one"), space.read(Standing::read));
    space.close();
    try (Space left = one.open("x")) {
      assertEquals(new Standing(Standing.State.LEFT, uuid, 4, "other"), left.read(Standing::read));
    }
  }
}
