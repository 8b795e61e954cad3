// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.replicator.conversation.Talk;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When a session saves its checkpoints: a moment after something has happened if all is quiet, and
 * now and then if it is not. All on the lane.
 */
final class Ticks {

  /**
   * How long after the last change at rest the checkpoint is saved: changes in a row share a save.
   */
  private static final int TICK_MS = 500;

  /** While busy it is saved every so many ticks: what a lost connection costs in declined rows. */
  private static final int TICKS_BETWEEN_SAVES = 10;

  private final Talk talk;
  private final ScheduledExecutorService timer;
  private final Runnable save;
  private boolean ticking;
  private int busy;

  Ticks(Talk talk, ScheduledExecutorService timer, Runnable save) {
    this.talk = talk;
    this.timer = timer;
    this.save = save;
  }

  /** Something has happened. */
  void begin() {
    if (ticking) return;
    ticking = true;
    timer.schedule(() -> talk.lane().execute(this::tick), TICK_MS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    ticking = false;
    if (talk.ended()) return;
    if (talk.ledger().isIdle() || ++busy >= TICKS_BETWEEN_SAVES) {
      busy = 0;
      save.run();
    } else begin();
  }
}
