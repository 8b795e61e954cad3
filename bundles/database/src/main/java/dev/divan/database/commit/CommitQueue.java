// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.commit;

import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits operations in the order they come, several at once when they come faster than commits are
 * durable, at once when nothing else is going on.
 *
 * <p>Whoever finds the queue at rest commits: a caller that waits for its operation does so on its
 * own thread, for one that does not the executor does. When its batch is durable it passes the
 * right to commit to the first in the queue. So a save costs no change of thread, and threads that
 * save together share commits.
 *
 * @param <C> what operations write with
 */
public final class CommitQueue<C> {

  /** Operations in one commit; trades the latency of the first against the cost of each. */
  static final int MAX_OPERATIONS = 1000;

  /**
   * Bytes in one commit; bounds what a transaction holds in memory. One operation may exceed it.
   */
  static final int MAX_COMMIT_BYTES = 4 << 20;

  /** Bytes that may wait; beyond it callers that wait for their operation wait to enter, too. */
  static final int MAX_WAITING_BYTES = 32 << 20;

  private final Space space;
  private final Rounds<C> rounds;
  private final Executor executor;
  private final Supplier<RuntimeException> refusal;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Ticket<C>> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean busy;
  private boolean closed;

  /**
   * A queue.
   *
   * @param executor one thread; commits what nobody waits for, and tells of it
   * @param refusal makes the exception for what comes after closing
   */
  public CommitQueue(
      Space space, Rounds<C> rounds, Executor executor, Supplier<RuntimeException> refusal) {
    this.space = space;
    this.rounds = rounds;
    this.executor = executor;
    this.refusal = refusal;
  }

  /** One place in the queue. */
  private static final class Ticket<C> {
    final @Nullable Operation<C> operation;
    final @Nullable Condition turn;
    boolean leads;
    boolean done;
    @Nullable RuntimeException failure;

    Ticket(@Nullable Operation<C> operation, @Nullable Condition turn) {
      this.operation = operation;
      this.turn = turn;
    }

    int weight() {
      return operation == null ? 0 : operation.weight();
    }
  }

  /**
   * Commits an operation and returns when it is durable. Blocks while too much is waiting.
   *
   * @throws RuntimeException what the operation or the store threw
   */
  public void run(Operation<C> operation) {
    Ticket<C> ticket = new Ticket<>(operation, lock.newCondition());
    if (enter(ticket)) {
      turn();
    }
    RuntimeException failure = ticket.failure;
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits for the queue to rest and keeps it so until {@link #leave}: nobody else commits. */
  public void hold() {
    Ticket<C> ticket = new Ticket<>(null, lock.newCondition());
    enter(ticket);
    lock.lock();
    try {
      waiting.remove(ticket);
    } finally {
      lock.unlock();
    }
  }

  /** Ends {@link #hold}. */
  public void leave() {
    passOn();
  }

  /** Commits an operation some time soon; never blocks. */
  public void enqueue(Operation<C> operation) {
    lock.lock();
    try {
      if (closed) {
        throw refusal.get();
      }
      waiting.add(new Ticket<>(operation, null));
      waitingBytes += operation.weight();
      if (busy) {
        return;
      }
      busy = true;
    } finally {
      lock.unlock();
    }
    executor.execute(this::turn);
  }

  /** Refuses what comes from now on and waits for what came before. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (busy) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Queues up; true when it is this ticket's turn to commit, false when another has done it. */
  private boolean enter(Ticket<C> ticket) {
    lock.lock();
    try {
      while (waitingBytes > MAX_WAITING_BYTES && !closed) {
        changed.awaitUninterruptibly();
      }
      if (closed) {
        throw refusal.get();
      }
      waiting.add(ticket);
      waitingBytes += ticket.weight();
      if (!busy) {
        busy = true;
        return true;
      }
      while (!ticket.done && !ticket.leads) {
        ticket.turn.awaitUninterruptibly();
      }
      return !ticket.done;
    } finally {
      lock.unlock();
    }
  }

  /** Takes operations from the head, up to one who wants the queue for himself. */
  private List<Ticket<C>> batch() {
    List<Ticket<C>> batch = new ArrayList<>();
    lock.lock();
    try {
      long bytes = 0;
      while (batch.size() < MAX_OPERATIONS) {
        Ticket<C> head = waiting.peek();
        if (head == null
            || head.operation == null
            || (bytes + head.weight() > MAX_COMMIT_BYTES && !batch.isEmpty())) {
          break;
        }
        batch.add(waiting.remove());
        bytes += head.weight();
      }
      boolean full = waitingBytes > MAX_WAITING_BYTES;
      waitingBytes -= bytes;
      if (full) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    return batch;
  }

  private void turn() {
    try {
      commit(batch());
    } finally {
      passOn();
    }
  }

  /** Gives the right to commit to the first in the queue. */
  private void passOn() {
    lock.lock();
    try {
      Ticket<C> head = waiting.peek();
      if (head == null) {
        busy = false;
        changed.signalAll();
        return;
      }
      if (head.turn != null) {
        head.leads = true;
        head.turn.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    executor.execute(this::turn);
  }

  private void commit(List<Ticket<C>> batch) {
    try {
      writeAll(batch);
    } catch (Error e) {
      // Whatever has broken, nobody shall wait for ever.
      StoreException failure = new StoreException("a commit broke off", e);
      batch.forEach(ticket -> ticket.failure = failure);
      throw e;
    } finally {
      finish(batch);
    }
  }

  private void writeAll(List<Ticket<C>> batch) {
    C context;
    try {
      context = write(batch);
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.get(0).failure = e;
      } else {
        // One of them is to blame; the others shall not suffer for it.
        batch.forEach(ticket -> writeAll(List.of(ticket)));
      }
      return;
    }
    rounds.committed(context);
  }

  private C write(List<Ticket<C>> batch) {
    return space.write(
        transaction -> {
          C context = rounds.begin(transaction);
          for (Ticket<C> ticket : batch) {
            ticket.operation.apply(context);
          }
          rounds.end(context);
          return context;
        });
  }

  /** Wakes those who wait, and lets the executor tell the others. */
  private void finish(List<Ticket<C>> batch) {
    List<Ticket<C>> untold = null;
    lock.lock();
    try {
      for (Ticket<C> ticket : batch) {
        ticket.done = true;
        if (ticket.turn != null) {
          ticket.turn.signal();
        } else {
          untold = untold == null ? new ArrayList<>() : untold;
          untold.add(ticket);
        }
      }
    } finally {
      lock.unlock();
    }
    if (untold != null) {
      List<Ticket<C>> told = untold;
      executor.execute(() -> tell(told));
    }
  }

  private void tell(List<Ticket<C>> tickets) {
    for (Ticket<C> ticket : tickets) {
      RuntimeException failure = ticket.failure;
      if (failure == null) {
        ticket.operation.committed();
      } else {
        ticket.operation.failed(failure);
      }
    }
  }
}
