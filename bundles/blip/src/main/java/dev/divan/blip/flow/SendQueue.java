// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.flow;

import org.jspecify.annotations.Nullable;

/**
 * The messages that have a frame to send. Each gets one frame's turn at the head and comes back: a
 * normal one at the tail, an urgent one behind the last urgent one with one normal message let
 * through between. First frames never overtake each other, since requests are numbered by them.
 *
 * @param <M> the message; in at most one queue, at most once
 */
public final class SendQueue<M extends Outbound> {
  private @Nullable Outbound head;
  private @Nullable Outbound tail;
  private int urgent;

  public boolean isEmpty() {
    return head == null;
  }

  /** Whether the message that would be next is urgent. */
  public boolean urgentNext() {
    return head != null && head.urgent;
  }

  @SuppressWarnings("unchecked")
  public @Nullable M poll() {
    Outbound first = head;
    if (first != null) {
      Outbound second = first.behind;
      head = second;
      if (second == null) {
        tail = null;
      } else {
        second.before = null;
      }
      first.behind = null;
      if (first.urgent) {
        urgent--;
      }
    }
    return (M) first;
  }

  public void add(M message) {
    insertBehind(message.urgent ? placeForUrgent(message) : tail, message);
    if (message.urgent) {
      urgent++;
    }
  }

  /** The message behind which an urgent one goes. */
  private @Nullable Outbound placeForUrgent(Outbound message) {
    if (urgent == 0 && message.started()) {
      return head;
    }
    Outbound at = tail;
    while (at != null && at != head && !at.urgent && (message.started() || at.started())) {
      at = at.before;
    }
    return at != null && at.urgent && at.behind != null ? at.behind : at;
  }

  private void insertBehind(@Nullable Outbound place, Outbound message) {
    Outbound next = place == null ? null : place.behind;
    message.before = place;
    message.behind = next;
    if (place == null) {
      head = message;
    } else {
      place.behind = message;
    }
    if (next == null) {
      tail = message;
    } else {
      next.before = message;
    }
  }
}
