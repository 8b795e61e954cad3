// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.replicator.conversation.Intake;
import dev.divan.replicator.conversation.Intake.Arrival;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.wire.Faults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shows pushed revisions to the receive filter before they are stored, in their order, a batch at a
 * time: while one is looked at, the next gathers.
 */
final class Inspection {

  /** Revisions in a batch: a worker is busy with them before it turns to another client. */
  private static final int BATCH = 200;

  /** Bytes that wait to be looked at, above which the network has to wait. */
  private static final int MAX_BYTES = 8 << 20;

  private final Talk talk;
  private final DocumentGate gate;
  private final Intake intake;
  private List<Arrival> gathering = new ArrayList<>();
  private boolean asking;
  private long bytes;

  Inspection(Talk talk, DocumentGate gate, Intake intake) {
    this.talk = talk;
    this.gate = gate;
    this.intake = intake;
  }

  /** Ends in {@link Intake#admit} or {@link Intake#fail}. */
  void of(Arrival arrival) {
    if (gate.isOpen()) {
      intake.admit(arrival);
      return;
    }
    gathering.add(arrival);
    bytes += size(arrival);
    if (bytes > MAX_BYTES) talk.hold(this);
    if (!asking) ask();
  }

  private static int size(Arrival arrival) {
    return arrival.body().json().length + 200;
  }

  private void ask() {
    List<Arrival> batch = gathering;
    gathering = new ArrayList<>();
    if (batch.size() > BATCH) {
      gathering.addAll(batch.subList(BATCH, batch.size()));
      batch = batch.subList(0, BATCH);
    }
    List<Arrival> shown = List.copyOf(batch);
    asking = true;
    gate.incoming(shown, passing -> judged(shown, new HashSet<>(passing)));
  }

  private void judged(List<Arrival> shown, Set<Arrival> passing) {
    asking = false;
    for (Arrival arrival : shown) {
      bytes -= size(arrival);
      if (passing.contains(arrival)) intake.admit(arrival);
      else intake.fail(arrival, Faults.filtered());
    }
    if (bytes <= MAX_BYTES / 2) talk.release(this);
    if (!gathering.isEmpty()) ask();
  }
}
