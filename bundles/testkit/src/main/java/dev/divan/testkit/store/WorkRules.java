// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Cursor;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Work is one atomic write, or reads of one snapshot; what it was handed ends with it. */
interface WorkRules extends Rules {

  @Test
  default void readsSeeTheWritesOfTheirOwnTransaction() {
    put(10, "old");
    subject()
        .space()
        .write(
            t -> {
              t.put(Bytes.number(10), Bytes.text("new"));
              t.put(Bytes.number(20), Bytes.text("more"));
              assertArrayEquals(Bytes.text("new"), t.get(Bytes.number(10)));
              assertEquals(2, Bytes.scan(t).size());
              t.delete(Bytes.number(10));
              assertNull(t.get(Bytes.number(10)));
              assertEquals(1, Bytes.scan(t).size());
              t.put(Bytes.number(10), Bytes.text("again"));
              assertArrayEquals(Bytes.text("again"), t.get(Bytes.number(10)));
              return true;
            });
    assertArrayEquals(Bytes.text("again"), get(10));
    assertArrayEquals(Bytes.text("more"), get(20));
  }

  @Test
  default void aCursorOutlivesWritesAndMissesNoEntryTheyLeftAlone() {
    subject()
        .space()
        .write(
            t -> {
              for (int i = 0; i < 3000; i += 3) {
                t.put(Bytes.number(i), Bytes.number(i));
              }
              return true;
            });
    subject()
        .space()
        .write(
            t -> {
              List<Long> seen = new ArrayList<>();
              Random random = new Random(3);
              try (Cursor cursor = t.scan(new byte[0], null)) {
                while (cursor.next()) {
                  long key = Bytes.number(cursor.key());
                  assertEquals(key, Bytes.number(cursor.value()));
                  if (key % 3 == 0) {
                    seen.add(key);
                    t.put(Bytes.number(key + 1), Bytes.number(key + 1));
                    t.put(Bytes.number(3 * random.nextInt(1000) + 2), new byte[8]);
                    t.delete(Bytes.number(3 * random.nextInt(1000) + 2));
                  }
                  if (key % 2 == 0) {
                    t.delete(Bytes.number(key));
                  } else {
                    t.put(Bytes.number(key), Bytes.text("another value"));
                  }
                }
              }
              assertEquals(LongStream.range(0, 1000).mapToObj(i -> 3 * i).toList(), seen);
              return true;
            });
  }

  @Test
  default void severalCursorsWalkTheirOwnWay() {
    subject()
        .space()
        .write(
            t -> {
              for (int i = 0; i < 100; i++) {
                t.put(Bytes.number(i), Bytes.number(i));
              }
              return true;
            });
    subject()
        .space()
        .read(
            s -> {
              try (Cursor slow = s.scan(Bytes.number(0), null)) {
                for (long i = 0; i < 100; i++) {
                  assertTrue(slow.next());
                  try (Cursor fast = s.scan(Bytes.number(i), Bytes.number(i + 1))) {
                    assertTrue(fast.next());
                    assertArrayEquals(slow.key(), fast.key());
                  }
                }
              }
              return true;
            });
  }

  @Test
  default void theResultOfTheWorkIsHandedOn() {
    Object result = new Object();
    assertSame(result, subject().space().write(t -> result));
    assertSame(result, subject().space().read(s -> result));
  }

  @Test
  default void whatTheWorkThrowsPassesThroughAndNothingIsWritten() {
    put(1, "kept");
    for (Throwable thrown :
        List.of(new IllegalStateException(), new StoreException("own"), new StackOverflowError())) {
      Throwable caught =
          assertThrows(
              Throwable.class,
              () ->
                  subject()
                      .space()
                      .write(
                          t -> {
                            t.put(Bytes.number(1), Bytes.text("changed"));
                            t.put(Bytes.number(2), Bytes.text("new"));
                            return raise(thrown);
                          }));
      assertSame(thrown, caught);
      assertSame(
          thrown, assertThrows(Throwable.class, () -> subject().space().read(s -> raise(thrown))));
    }
    assertArrayEquals(Bytes.text("kept"), get(1));
    assertNull(get(2));
    put(2, "works");
    assertArrayEquals(Bytes.text("works"), subject().reopen().read(s -> s.get(Bytes.number(2))));
  }

  @Test
  default void workThatThrowsMidwayLeavesNothing() {
    Random random = new Random(7);
    TreeMap<byte[], byte[]> model = Bytes.model();
    for (int round = 0; round < 200; round++) {
      int steps = 1 + random.nextInt(40);
      int fallAt = random.nextBoolean() ? random.nextInt(steps) : steps;
      TreeMap<byte[], byte[]> after = Bytes.model();
      after.putAll(model);
      long seed = random.nextLong();
      try {
        subject()
            .space()
            .write(
                t -> {
                  after.clear();
                  after.putAll(model);
                  change(t, after, new Random(seed), fallAt);
                  return fallAt == steps ? true : raise(new IllegalStateException("midway"));
                });
        model.clear();
        model.putAll(after);
      } catch (IllegalStateException midway) {
        assertEquals("midway", midway.getMessage());
      }
      Bytes.assertSame(model, subject().space().read(Bytes::scan), "round " + round);
    }
    Bytes.assertSame(model, subject().reopen().read(Bytes::scan));
  }

  @Test
  default void snapshotsAndCursorsEndWithTheWork() {
    put(1, "v");
    AtomicReference<Transaction> kept = new AtomicReference<>();
    AtomicReference<Cursor> cursor = new AtomicReference<>();
    subject()
        .space()
        .write(
            t -> {
              kept.set(t);
              cursor.set(t.scan(new byte[0], null));
              return cursor.get().next();
            });
    assertThrows(StoreException.class, () -> kept.get().get(Bytes.number(1)));
    assertThrows(StoreException.class, () -> kept.get().scan(new byte[0], null));
    assertThrows(StoreException.class, () -> kept.get().put(Bytes.number(1), new byte[0]));
    assertThrows(StoreException.class, () -> kept.get().delete(Bytes.number(1)));
    assertThrows(StoreException.class, cursor.get()::next);
    cursor.get().close();
    subject()
        .space()
        .read(
            s -> {
              cursor.set(s.scan(new byte[0], null));
              return cursor.get().next();
            });
    assertThrows(StoreException.class, cursor.get()::next);
    assertThrows(StoreException.class, cursor.get()::value);
    cursor.get().close();
    assertArrayEquals(Bytes.text("v"), get(1));
  }

  @Test
  default void afterClosingEverythingThrowsAndClosingTwiceIsHarmless() {
    put(1, "v");
    Space space = subject().space();
    space.close();
    space.close();
    assertThrows(StoreException.class, () -> space.read(s -> true));
    assertThrows(StoreException.class, () -> space.write(t -> true));
    assertThrows(StoreException.class, () -> space.blobs().keys());
  }

  @Test
  default void oneWriteMayBeLarge() {
    int entries = 30_000;
    subject()
        .space()
        .write(
            t -> {
              for (int i = 0; i < entries; i++) {
                t.put(Bytes.number(i * 7919L % entries), new byte[500]);
              }
              return true;
            });
    Map<String, String> all = subject().space().read(Bytes::scan);
    assertEquals(entries, all.size());
    subject()
        .space()
        .write(
            t -> {
              for (int i = 0; i < entries; i++) {
                t.delete(Bytes.number(i));
              }
              return true;
            });
    assertEquals(Map.of(), subject().space().read(Bytes::scan));
  }

  private static void change(
      Transaction transaction, Map<byte[], byte[]> model, Random random, int steps) {
    for (int step = 0; step < steps; step++) {
      byte[] key = Bytes.number(random.nextInt(60));
      if (random.nextInt(3) == 0) {
        transaction.delete(key);
        model.remove(key);
      } else {
        byte[] value = Bytes.random(random.nextLong(), random.nextInt(40));
        transaction.put(key, value);
        model.put(key, value);
      }
    }
  }

  private static Boolean raise(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  private void put(long key, String value) {
    Commits.put(subject().space(), Bytes.number(key), Bytes.text(value));
  }

  private byte[] get(long key) {
    return subject().space().read(s -> s.get(Bytes.number(key)));
  }
}
