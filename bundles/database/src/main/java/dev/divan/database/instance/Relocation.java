// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.local.LocalDatabase;
import dev.divan.database.move.Move;
import dev.divan.database.move.MoveException;
import dev.divan.database.move.Progress;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A move of an open database on a thread of its own, told of about every second, and logged with
 * each tenth of the way.
 */
final class Relocation {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");
  private static final long TELL_EVERY = TimeUnit.SECONDS.toNanos(1);

  /** How long to wait for one that was told to stop: a step, and removing what it had copied. */
  private static final long PATIENCE_MILLIS = 10_000;

  private final LocalDatabase database;
  private final Stores.Choice from;
  private final Stores.Choice to;
  private final BiConsumer<Relocation, String> told;
  private final Consumer<Relocation> ended;
  private final Thread thread;
  private Progress logged = new Progress(0, 0, 0, 0);
  private long toldAt = System.nanoTime() - TELL_EVERY;
  private volatile Move.@Nullable Moved moved;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param told a sentence about how far it is
   * @param ended when it is over, stopped or not; both on the thread of the move
   */
  Relocation(
      LocalDatabase database,
      Stores.Choice from,
      Stores.Choice to,
      BiConsumer<Relocation, String> told,
      Consumer<Relocation> ended) {
    this.database = database;
    this.from = from;
    this.to = to;
    this.told = told;
    this.ended = ended;
    this.thread = new Thread(this::run, "divan-move-" + database.getName());
    thread.setDaemon(true);
  }

  static String words(Stores.Choice from, Stores.Choice to) {
    return "moves from store " + from.name() + " to store " + to.name();
  }

  Stores.Choice to() {
    return to;
  }

  void start() {
    thread.start();
  }

  boolean hasMoved() {
    return moved != null;
  }

  /** What was thrown; null if it was moved. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Why it was not moved. */
  String why() {
    RuntimeException thrown = failure;
    return thrown == null ? "it broke off" : String.valueOf(thrown.getMessage());
  }

  /** Whether it was not moved because the target holds another database. */
  boolean isOccupied() {
    return failure instanceof MoveException refusal && refusal.isOccupied();
  }

  /** What was moved, and how long it took. */
  String summary() {
    Move.Moved done = moved;
    return done == null
        ? why()
        : String.format(
            Locale.ROOT,
            "moved from store %s to store %s: %,d documents, %,d blobs in %.1f s; writes waited"
                + " %.1f ms; store %s keeps its copy until it is deleted there",
            from.name(),
            to.name(),
            done.copied().documents(),
            done.copied().blobs(),
            done.whole().toMillis() / 1000.0,
            done.barrier().toNanos() / 1e6,
            from.name());
  }

  private void run() {
    try {
      moved = database.moveTo(to.store(), from.name(), to.name(), this::progressed);
    } catch (RuntimeException e) {
      failure = e;
    } catch (Error e) {
      failure = new MoveException("the move broke off: " + e, e);
      throw e;
    } finally {
      ended.accept(this);
    }
  }

  private void progressed(Progress progress) {
    String words = words(from, to) + ": " + progress;
    if (progress.isTenthBeyond(logged)) {
      logged = progress;
      LOG.info("database {} {}", database.getName(), words);
    }
    long now = System.nanoTime();
    if (now - toldAt >= TELL_EVERY) {
      toldAt = now;
      told.accept(this, words);
    }
  }

  /** Breaks it off, unless it is over, and waits until it has ended either way. */
  void stop() {
    database.stopMoving();
    if (Thread.currentThread() == thread) {
      // A turn that came while it told how far it is; it ends when that returns.
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (thread.isAlive()) {
      LOG.warn(
          "database {}: the move to store {} takes long to stop", database.getName(), to.name());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
