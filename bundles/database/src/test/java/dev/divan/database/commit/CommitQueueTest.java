// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.store.Transaction;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CommitQueueTest {
  private final Space space = new MemoryStore().open("test");
  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final List<Integer> commits = new ArrayList<>();
  private final CommitQueue<List<Transaction>> queue =
      new CommitQueue<>(space, new Counting(), executor, () -> new StoreException("closed"));

  /** The context is a list with the transaction once for each operation. */
  private final class Counting implements Rounds<List<Transaction>> {
    private Transaction current;

    @Override
    public List<Transaction> begin(Transaction transaction) {
      current = transaction;
      return new ArrayList<>();
    }

    @Override
    public void end(List<Transaction> context) {
      current.put(new byte[] {0}, new byte[] {(byte) context.size()});
    }

    @Override
    public void committed(List<Transaction> context) {
      commits.add(context.size());
    }

    Transaction current() {
      return current;
    }
  }

  private Operation<List<Transaction>> put(int key) {
    return context -> context.add(null);
  }

  /** An operation that reports when it runs and waits for permission to end. */
  private static final class Blocking implements Operation<List<Transaction>> {
    final CountDownLatch runs = new CountDownLatch(1);
    final CountDownLatch may = new CountDownLatch(1);

    @Override
    public void apply(List<Transaction> context) {
      context.add(null);
      runs.countDown();
      Await.opens(may, "the permission to end");
    }
  }

  /** An operation nobody waits for, except this test. */
  private static class Promise implements Operation<List<Transaction>> {
    final CompletableFuture<String> told = new CompletableFuture<>();

    @Override
    public void apply(List<Transaction> context) {
      context.add(null);
    }

    @Override
    public void committed() {
      told.complete(Thread.currentThread().getName());
    }

    @Override
    public void failed(RuntimeException e) {
      told.completeExceptionally(e);
    }
  }

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void aSaveAtRestIsCommittedAtOnceOnItsOwnThread() {
    Thread[] ran = new Thread[1];
    queue.run(context -> ran[0] = Thread.currentThread());
    assertSame(Thread.currentThread(), ran[0]);
    assertEquals(List.of(0), commits);
  }

  @Test
  void whatComesDuringACommitSharesTheNext() throws Exception {
    Blocking first = new Blocking();
    Thread leader = new Thread(() -> queue.run(first));
    leader.start();
    Await.opens(first.runs, "the first operation");
    List<Promise> later = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Promise promise = new Promise();
      later.add(promise);
      queue.enqueue(promise);
    }
    assertFalse(later.get(0).told.isDone());
    first.may.countDown();
    for (Promise promise : later) {
      Await.result(promise.told, "its commit");
    }
    leader.join();
    assertEquals(List.of(1, 10), commits);
  }

  @Test
  void aCommitHasAtMostAThousandOperationsAndFourMegabytes() throws Exception {
    Blocking first = new Blocking();
    queue.enqueue(first);
    Await.opens(first.runs, "the first operation");
    Promise last = null;
    for (int i = 0; i < 1001; i++) {
      queue.enqueue(put(i));
    }
    for (int i = 0; i < 3; i++) {
      last =
          new Promise() {
            @Override
            public int weight() {
              return 3 << 20;
            }
          };
      queue.enqueue(last);
    }
    first.may.countDown();
    Await.result(last.told, "its commit");
    // The first of the big ones still fits beside the operation that was one too many.
    assertEquals(List.of(1, 1000, 2, 1, 1), commits);
  }

  @Test
  void oneThatFailsDoesNotHinderTheOthers() throws Exception {
    Blocking first = new Blocking();
    queue.enqueue(first);
    Await.opens(first.runs, "the first operation");
    Promise before = new Promise();
    Promise bad =
        new Promise() {
          @Override
          public void apply(List<Transaction> context) {
            throw new IllegalStateException("bad");
          }
        };
    Promise after = new Promise();
    queue.enqueue(before);
    queue.enqueue(bad);
    queue.enqueue(after);
    first.may.countDown();
    Await.result(before.told, "its commit");
    Await.result(after.told, "its commit");
    Exception e = assertThrows(Exception.class, bad.told::get);
    assertEquals("bad", e.getCause().getMessage());
    assertEquals(List.of(1, 1, 1), commits);
  }

  @Test
  void anErrorReachesThoseWhoWaitAndTheQueueGoesOn() {
    assertThrows(
        StackOverflowError.class,
        () ->
            queue.run(
                context -> {
                  throw new StackOverflowError();
                }));
    queue.run(put(1));
    assertEquals(List.of(1), commits);
  }

  @Test
  void stagesAreToldOnTheExecutorThoughAnotherCommits() throws Exception {
    Blocking first = new Blocking();
    Thread leader = new Thread(() -> queue.run(first), "leader");
    leader.start();
    Await.opens(first.runs, "the first operation");
    Blocking second = new Blocking();
    Thread follower = new Thread(() -> queue.run(second), "follower");
    follower.start();
    Await.waits(follower);
    Promise promise = new Promise();
    queue.enqueue(promise);
    first.may.countDown();
    second.may.countDown();
    String thread = Await.result(promise.told, "its commit");
    assertTrue(thread.startsWith("pool-"), thread);
    leader.join();
    follower.join();
    assertEquals(List.of(1, 2), commits);
  }

  @Test
  void whoHoldsTheQueueIsAlone() throws Exception {
    queue.hold();
    Promise promise = new Promise();
    queue.enqueue(promise);
    Thread other = new Thread(() -> queue.run(put(1)));
    other.start();
    Await.waits(other);
    assertEquals(List.of(), commits);
    queue.leave();
    Await.result(promise.told, "its commit");
    other.join();
    assertEquals(2, commits.stream().mapToInt(Integer::intValue).sum());
  }

  @Test
  void closingWaitsForWhatCameBeforeAndRefusesWhatComesAfter() throws Exception {
    Blocking first = new Blocking();
    queue.enqueue(first);
    Await.opens(first.runs, "the first operation");
    Promise promise = new Promise();
    queue.enqueue(promise);
    Thread closer = new Thread(queue::close);
    closer.start();
    Await.waits(closer);
    assertThrows(StoreException.class, () -> queue.run(put(1)));
    assertThrows(StoreException.class, () -> queue.enqueue(put(1)));
    first.may.countDown();
    closer.join();
    Await.result(promise.told, "its commit");
    assertEquals(List.of(1, 1), commits);
  }
}
