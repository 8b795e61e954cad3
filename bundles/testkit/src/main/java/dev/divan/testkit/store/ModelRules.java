// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Snapshot;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Whatever is done in whatever order, a space is what a sorted map would be. */
interface ModelRules extends Rules {
  /** Holds the number of the last commit, so that a reader knows which model it must equal. */
  byte[] VERSION = Bytes.text("version");

  @Test
  default void readersBesideAWriterEachSeeExactlyOneCommit() {
    Map<Long, TreeMap<byte[], byte[]>> models = new ConcurrentHashMap<>();
    TreeMap<byte[], byte[]> first = Bytes.model();
    first.put(VERSION, Bytes.number(0));
    models.put(0L, first);
    commit(first);
    AtomicBoolean done = new AtomicBoolean();
    List<FutureTask<Boolean>> readers = new ArrayList<>();
    for (int reader = 0; reader < 3; reader++) {
      long seed = reader;
      readers.add(ConcurrencyRules.start(() -> readAll(models, done, new Random(seed))));
    }
    try {
      Random random = new Random(42);
      TreeMap<byte[], byte[]> last = first;
      for (long version = 1; version <= 300; version++) {
        TreeMap<byte[], byte[]> next = Bytes.model();
        next.putAll(last);
        List<byte[]> touched = change(next, random);
        next.put(VERSION, Bytes.number(version));
        touched.add(VERSION);
        models.put(version, next);
        subject().space().write(t -> apply(t, next, touched));
        last = next;
      }
    } finally {
      done.set(true);
    }
    readers.forEach(reader -> assertTrue(ConcurrencyRules.result(reader)));
  }

  @Test
  default void whatIsReadAfterEachOpeningIsWhatWasWritten() {
    TreeMap<byte[], byte[]> model = Bytes.model();
    Random random = new Random(99);
    for (int round = 0; round < 12; round++) {
      for (int write = 0; write < 40; write++) {
        List<byte[]> touched = change(model, random);
        subject().space().write(t -> apply(t, model, touched));
      }
      subject()
          .space()
          .read(
              s -> {
                compareRanges(s, model, new Random(5));
                return true;
              });
      Bytes.assertSame(model, subject().reopen().read(Bytes::scan));
    }
  }

  private boolean readAll(
      Map<Long, TreeMap<byte[], byte[]>> models, AtomicBoolean done, Random random) {
    long seen = 0;
    boolean last;
    do {
      last = done.get();
      long before = seen;
      seen =
          subject()
              .space()
              .read(
                  s -> {
                    long version = Bytes.number(s.get(VERSION));
                    assertTrue(version >= before, "went back in time");
                    TreeMap<byte[], byte[]> model = models.get(version);
                    Bytes.assertSame(model, Bytes.scan(s), "version " + version);
                    for (int i = 0; i < 20; i++) {
                      byte[] key = key(random);
                      assertArrayEquals(model.get(key), s.get(key));
                    }
                    compareRanges(s, model, random);
                    return version;
                  });
    } while (!last);
    assertTrue(seen == models.size() - 1, "the last commit is seen by who reads after it");
    return true;
  }

  private static void compareRanges(
      Snapshot snapshot, TreeMap<byte[], byte[]> model, Random random) {
    for (int i = 0; i < 5; i++) {
      byte[] from = key(random);
      Bytes.assertSame(model.tailMap(from), Bytes.scan(snapshot, from, null));
      byte[] to = key(random);
      if (Arrays.compareUnsigned(from, to) < 0) {
        Bytes.assertSame(model.subMap(from, to), Bytes.scan(snapshot, from, to));
      }
    }
  }

  private void commit(Map<byte[], byte[]> entries) {
    subject()
        .space()
        .write(
            t -> {
              entries.forEach(t::put);
              return true;
            });
  }

  /** Changes the model at random; returns the keys touched. */
  private static List<byte[]> change(TreeMap<byte[], byte[]> model, Random random) {
    List<byte[]> touched = new ArrayList<>();
    int steps = 1 + random.nextInt(20);
    for (int step = 0; step < steps; step++) {
      byte[] key = key(random);
      touched.add(key);
      if (random.nextInt(3) == 0) {
        model.remove(key);
      } else {
        model.put(key, Bytes.random(random.nextLong(), random.nextInt(50)));
      }
    }
    return touched;
  }

  /** Brings the keys touched to what the model says; the order does not matter. */
  private static boolean apply(
      Transaction transaction, Map<byte[], byte[]> model, List<byte[]> touched) {
    for (byte[] key : touched) {
      byte[] value = model.get(key);
      if (value == null) {
        transaction.delete(key);
      } else {
        transaction.put(key, value);
      }
    }
    return true;
  }

  /** One of some 400 keys of 1 to 5 bytes, many a prefix of another. */
  private static byte[] key(Random random) {
    byte[] key = new byte[1 + random.nextInt(5)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextBoolean() ? 0x80 : random.nextInt(3) - 1);
    }
    return key;
  }
}
