// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.database.move.Standing.State;
import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a space to another store while it works: copies it, then what was written meanwhile, and
 * when little is left holds all writes, copies that, and switches. If anything fails before the
 * switch the space is where it was, as if nothing had happened.
 */
public final class Move {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  /** Bytes left that the barrier may be taken for; trades its length against trying again. */
  private static final long REST = 1 << 20;

  /** The same after {@link #PATIENCE} rounds that left more. */
  private static final long LARGE_REST = 16 << 20;

  private static final int PATIENCE = 20;

  private static final long DEPARTURE_POLL_NANOS = 10_000_000;

  private final String database;
  private final MovableSpace space;
  private final Store target;
  private final String from;
  private final String to;
  private final Consumer<? super Progress> progress;
  private volatile boolean cancelled;

  /** What was left; set by the switch. */
  private @Nullable Residence departed;

  /**
   * What happened.
   *
   * @param barrier how long writes were held
   */
  public record Moved(Progress copied, Duration barrier, Duration whole) {}

  /**
   * A move.
   *
   * @param database its name, and that of its space in both stores
   * @param from the name of the store it is in
   * @param to the name of the target
   * @param progress told after every step, on the thread that runs the move
   */
  public Move(
      String database,
      MovableSpace space,
      String from,
      Store target,
      String to,
      Consumer<? super Progress> progress) {
    this.database = database;
    this.space = space;
    this.from = from;
    this.target = target;
    this.to = to;
    this.progress = progress;
  }

  /** Breaks it off, if it is not over yet; {@link #run} then throws soon. */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Moves, once; takes as long as it takes.
   *
   * @throws MoveException if it has not happened
   */
  public Moved run() {
    long begun = System.nanoTime();
    Trail trail = space.follow();
    try {
      Standing source = space.read(Standing::read);
      if (source == null) {
        throw new MoveException("there is nothing to move", null);
      }
      awaitDeparture();
      Space fresh = prepared(source);
      try {
        Copy copy = new Copy(space, fresh, trail, this::check, progress);
        Duration barrier = moved(copy, source, fresh, trail);
        return new Moved(copy.progress(), barrier, Duration.ofNanos(System.nanoTime() - begun));
      } finally {
        if (departed == null) {
          discard(fresh);
        }
      }
    } catch (StoreException e) {
      throw new MoveException(
          cancelled || space.isClosed()
              ? "the move was broken off"
              : String.valueOf(e.getMessage()),
          e);
    } finally {
      Residence before = departed;
      if (before == null) {
        space.unfollow();
      } else {
        before.leave();
      }
    }
  }

  private Duration moved(Copy copy, Standing source, Space fresh, Trail trail) {
    copy.everything();
    space.between(
        () -> {
          trail.narrow();
          return true;
        });
    for (int round = 0; ; round++) {
      copy.catchUp();
      long enough = round < PATIENCE ? REST : LARGE_REST;
      boolean last = round > 2 * PATIENCE;
      Duration barrier =
          space.alone(
              () -> {
                long begun = System.nanoTime();
                if (!last && copy.left() > enough) {
                  return null;
                }
                copy.catchUp();
                departed = decided(source, fresh);
                return Duration.ofNanos(System.nanoTime() - begun);
              });
      if (barrier != null) {
        return barrier;
      }
    }
  }

  /**
   * The old one says first that it was left: so where the new one says that it is whole, the old
   * one never counts.
   */
  private Residence decided(Standing source, Space fresh) {
    check();
    Space old = space.residence().space();
    Standing left = new Standing(State.LEFT, source.uuid(), source.generation(), to);
    Standing whole = new Standing(State.WHOLE, source.uuid(), source.generation() + 1, from);
    write(old, left);
    try {
      write(fresh, whole);
    } catch (RuntimeException e) {
      try {
        write(old, left.reclaimed());
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    return space.moved(fresh);
  }

  private static void write(Space space, Standing standing) {
    space.write(
        transaction -> {
          standing.write(transaction);
          return true;
        });
  }

  private void check() {
    if (cancelled || space.isClosed()) {
      throw new StoreException("broken off");
    }
  }

  /** The last move may not be quite over, and this one may go back. */
  private void awaitDeparture() {
    while (space.isStillLeaving()) {
      check();
      LockSupport.parkNanos(DEPARTURE_POLL_NANOS);
    }
  }

  /** An empty space in the target that says it is unfinished. */
  private Space prepared(Standing source) {
    if (target.names().contains(database)) {
      Standing there = there();
      if (there != null && there.state() != State.UNFINISHED) {
        refuseUnlessOlder(source, there);
      }
      target.delete(database);
    }
    Space fresh = target.open(database);
    try {
      write(fresh, new Standing(State.UNFINISHED, source.uuid(), source.generation() + 1, from));
    } catch (RuntimeException e) {
      discard(fresh);
      throw e;
    }
    return fresh;
  }

  private @Nullable Standing there() {
    try (Space space = target.open(database)) {
      return space.<@Nullable Standing>read(Standing::read);
    }
  }

  private void refuseUnlessOlder(Standing source, Standing there) {
    if (!there.uuid().equals(source.uuid())) {
      throw MoveException.occupied(
          "store "
              + to
              + " holds another database of that name (UUID "
              + there.uuid()
              + "); move that away or delete it first");
    }
    if (there.generation() >= source.generation() && there.state() == State.WHOLE) {
      throw MoveException.occupied(
          "store "
              + to
              + " holds a copy of it that may be newer; move that away or delete it first");
    }
  }

  private void discard(Space fresh) {
    try {
      fresh.close();
      target.delete(database);
    } catch (RuntimeException e) {
      LOG.warn(
          "an unfinished copy of {} is left in store {}; the next move replaces it",
          database,
          to,
          e);
    }
  }
}
