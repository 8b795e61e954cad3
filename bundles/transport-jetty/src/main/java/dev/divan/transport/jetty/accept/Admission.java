// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.accept;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in front of the door and who is inside. Those inside are at most the number configured;
 * those in front at most {@link #SPARE} more than the places left. When one too many comes, the one
 * who has waited longest goes: a crowd of silent clients cannot keep out one who speaks at once.
 *
 * @param <K> names a connection
 * @param <V> what is kept of one in front of the door
 */
final class Admission<K, V> {
  /** Places in front of a full house, to tell people so (503) instead of hanging up on them. */
  static final int SPARE = 16;

  private final int places;
  private final LinkedHashMap<K, V> waiting = new LinkedHashMap<>();
  private final Set<K> inside = new HashSet<>();

  Admission(int places) {
    this.places = places;
  }

  /** One more at the door; returns the one who has to go for it, or null. */
  synchronized @Nullable V arrived(K key, V value) {
    waiting.put(key, value);
    if (waiting.size() + inside.size() <= places + SPARE) {
      return null;
    }
    K oldest = waiting.keySet().iterator().next();
    return waiting.remove(oldest);
  }

  /** Lets one in: null if the house is full or it is not at the door any more. */
  synchronized @Nullable V enter(K key) {
    if (inside.size() >= places || !waiting.containsKey(key)) {
      return null;
    }
    inside.add(key);
    return waiting.remove(key);
  }

  synchronized boolean full() {
    return inside.size() >= places;
  }

  /** One left, wherever it was; returns what was kept if it was still at the door. */
  synchronized @Nullable V left(K key) {
    inside.remove(key);
    return waiting.remove(key);
  }

  synchronized boolean empty() {
    return waiting.isEmpty() && inside.isEmpty();
  }

  /** Sends away all who are at the door. */
  synchronized List<V> clear() {
    List<V> all = List.copyOf(waiting.values());
    waiting.clear();
    return all;
  }
}
