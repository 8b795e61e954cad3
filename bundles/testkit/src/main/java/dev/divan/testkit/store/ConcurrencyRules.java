// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.testkit.await.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Methods may be called from any thread; one write runs at a time, reads run beside it. */
interface ConcurrencyRules extends Rules {
  /** How long a test waits for another thread before it gives the store up as stuck. */
  int PATIENCE_SECONDS = 30;

  @Test
  default void aSnapshotSeesNothingCommittedLater() throws Exception {
    put(1, "before");
    put(2, "before");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch committed = new CountDownLatch(1);
    FutureTask<Boolean> reader =
        start(
            () ->
                subject()
                    .space()
                    .read(
                        s -> {
                          assertArrayEquals(Bytes.text("before"), s.get(Bytes.number(1)));
                          begun.countDown();
                          Await.opens(committed, "committed");
                          assertArrayEquals(Bytes.text("before"), s.get(Bytes.number(1)));
                          assertArrayEquals(Bytes.text("before"), s.get(Bytes.number(2)));
                          assertNull(s.get(Bytes.number(3)));
                          assertEquals(2, Bytes.scan(s).size());
                          return true;
                        }));
    Await.opens(begun, "begun");
    put(1, "after");
    put(3, "after");
    delete(2);
    assertArrayEquals(Bytes.text("after"), subject().space().read(s -> s.get(Bytes.number(1))));
    committed.countDown();
    assertTrue(result(reader));
  }

  @Test
  default void aReadRunsBesideAWriteAndSeesNothingOfIt() {
    put(1, "before");
    subject()
        .space()
        .write(
            t -> {
              t.put(Bytes.number(1), Bytes.text("after"));
              byte[] beside =
                  result(start(() -> subject().space().read(s -> s.get(Bytes.number(1)))));
              assertArrayEquals(Bytes.text("before"), beside);
              return true;
            });
    byte[] later = result(start(() -> subject().space().read(s -> s.get(Bytes.number(1)))));
    assertArrayEquals(Bytes.text("after"), later);
  }

  @Test
  default void aWriteRunsBesideAReadOfTheSameThread() {
    subject()
        .space()
        .read(
            s -> {
              put(1, "inner");
              assertNull(s.get(Bytes.number(1)));
              return true;
            });
    assertArrayEquals(Bytes.text("inner"), subject().space().read(s -> s.get(Bytes.number(1))));
  }

  @Test
  default void oneWriteRunsAtATimeAndNoneIsLost() {
    put(0, "");
    AtomicInteger running = new AtomicInteger();
    List<FutureTask<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 8; writer++) {
      writers.add(
          start(
              () -> {
                for (int i = 0; i < 50; i++) {
                  subject()
                      .space()
                      .write(
                          t -> {
                            assertEquals(1, running.incrementAndGet());
                            byte[] count = t.get(Bytes.number(0));
                            long next = count.length == 0 ? 1 : Bytes.number(count) + 1;
                            t.put(Bytes.number(0), Bytes.number(next));
                            running.decrementAndGet();
                            return true;
                          });
                }
                return true;
              }));
    }
    writers.forEach(ConcurrencyRules::result);
    assertEquals(400, Bytes.number(subject().space().read(s -> s.get(Bytes.number(0)))));
  }

  @Test
  default void closingWaitsForRunningWork() throws Exception {
    put(1, "v");
    Space space = subject().space();
    CountDownLatch begun = new CountDownLatch(2);
    CountDownLatch go = new CountDownLatch(1);
    FutureTask<byte[]> reader =
        start(
            () ->
                space.read(
                    s -> {
                      begun.countDown();
                      Await.opens(go, "go");
                      return s.get(Bytes.number(1));
                    }));
    FutureTask<Boolean> writer =
        start(
            () ->
                space.write(
                    t -> {
                      begun.countDown();
                      Await.opens(go, "go");
                      t.put(Bytes.number(2), Bytes.text("written"));
                      return true;
                    }));
    Await.opens(begun, "begun");
    FutureTask<Boolean> closing =
        new FutureTask<>(
            () -> {
              space.close();
              return true;
            });
    Thread closer = new Thread(closing, "closer");
    closer.start();
    Await.waits(closer);
    assertFalse(closing.isDone(), "closed under running work");
    go.countDown();
    assertArrayEquals(Bytes.text("v"), result(reader));
    assertTrue(result(writer));
    assertTrue(result(closing));
    assertThrows(StoreException.class, () -> space.read(s -> true));
    assertArrayEquals(Bytes.text("written"), subject().reopen().read(s -> s.get(Bytes.number(2))));
  }

  @Test
  default void anInterruptedCallerDamagesNothing() {
    put(1, "v");
    FutureTask<Boolean> interrupted =
        start(
            () -> {
              for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                try {
                  put(2, "interrupted");
                  subject().space().read(Bytes::scan);
                  subject().blobs().keys();
                } catch (StoreException refused) {
                  assertTrue(String.valueOf(refused.getMessage()).length() > 0);
                }
              }
              return Thread.interrupted();
            });
    assertTrue(result(interrupted), "the interrupt is still there for the caller");
    put(3, "after");
    assertArrayEquals(Bytes.text("v"), subject().space().read(s -> s.get(Bytes.number(1))));
    assertArrayEquals(Bytes.text("after"), subject().reopen().read(s -> s.get(Bytes.number(3))));
  }

  static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "store suite");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  static <T> T result(FutureTask<T> task) {
    try {
      return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("The other thread failed or is stuck", e);
    }
  }

  private void put(long key, String value) {
    Commits.put(subject().space(), Bytes.number(key), Bytes.text(value));
  }

  private void delete(long key) {
    Commits.delete(subject().space(), Bytes.number(key));
  }
}
