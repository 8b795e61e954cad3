// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Letters that wait, in order. A letter that a later one makes superfluous is taken out; when too
 * much waits the oldest are dropped, and the next letter out says how many. Adding never blocks.
 * May be used by all threads.
 */
public final class Outbox {
  /** Handlers may be this many events behind; some 100 KB without the document IDs. */
  public static final int MAX_LETTERS = 1000;

  /** Document IDs in all that wait; some 10 MB of the usual ones. */
  public static final int MAX_DOCUMENTS = 100_000;

  private final int maxLetters;
  private final int maxDocuments;
  private final Map<Object, Letter> waiting = new LinkedHashMap<>();
  private long documents;
  private long lost;

  public Outbox() {
    this(MAX_LETTERS, MAX_DOCUMENTS);
  }

  Outbox(int maxLetters, int maxDocuments) {
    this.maxLetters = maxLetters;
    this.maxDocuments = maxDocuments;
  }

  /** Returns true if this is the first to be lost since a letter said so. */
  public synchronized boolean add(Letter letter) {
    Object slot = letter.key() == null ? new Object() : letter.key();
    Letter superfluous = waiting.remove(slot);
    if (superfluous != null) documents -= superfluous.documents();
    waiting.put(slot, letter);
    documents += letter.documents();
    long before = lost;
    while (waiting.size() > maxLetters || documents > maxDocuments) {
      documents -= removeOldest().documents();
      lost++;
    }
    return before == 0 && lost > 0;
  }

  private Letter removeOldest() {
    var oldest = waiting.entrySet().iterator();
    Letter letter = oldest.next().getValue();
    oldest.remove();
    return letter;
  }

  /** The next one, or null if there is none. */
  public synchronized @Nullable Letter poll() {
    if (lost > 0) {
      Letter gap = new Letter(Topics.LOST, Map.of("count", lost), null, 0);
      lost = 0;
      return gap;
    }
    if (waiting.isEmpty()) return null;
    Letter letter = removeOldest();
    documents -= letter.documents();
    return letter;
  }
}
