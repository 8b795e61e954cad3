// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

import java.util.ArrayList;
import java.util.List;

/**
 * Acknowledgements that wait to be sent. They do not pile up while the peer reads nothing: from
 * {@value #PLENTY} on, only the newest of each unfinished message is kept.
 */
public final class AckQueue {
  private static final int PLENTY = 64;

  private List<Ack> acks = new ArrayList<>();

  /**
   * Progress of one incoming message.
   *
   * @param response whether the message is a response
   */
  public record Ack(long number, boolean response, long total) {}

  public boolean isEmpty() {
    return acks.isEmpty();
  }

  public int size() {
    return acks.size();
  }

  /**
   * @param complete whether that was the message's last frame, so that its sender waits for nothing
   */
  public void add(Ack ack, boolean complete) {
    if (acks.size() >= PLENTY) {
      acks.removeIf(a -> a.number == ack.number && a.response == ack.response);
      if (complete) {
        return;
      }
    }
    acks.add(ack);
  }

  /** Removes and returns them all, oldest first. */
  public List<Ack> take() {
    List<Ack> taken = acks;
    acks = new ArrayList<>();
    return taken;
  }
}
