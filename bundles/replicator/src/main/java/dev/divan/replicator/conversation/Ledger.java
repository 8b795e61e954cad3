// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The open work of one connection, counted by kind. Whoever begins something opens an item, whoever
 * ends it closes it; "busy" is nothing but "something is open".
 *
 * <p>Written on the lane, read from anywhere.
 */
public final class Ledger {

  /** Kinds of open work, with the words for {@code openWork()}. */
  public enum Item {
    HANDSHAKE("answers about collections and checkpoints"),
    CATCHING_UP("the end of the peer's list of changes"),
    ANNOUNCED("lists of changes to be looked through"),
    EXPECTED("revisions we asked for"),
    RECEIVED("revisions received and not yet stored"),
    BLOB_IN("blobs on their way in"),
    READING("changes being read from the database"),
    PROPOSED("lists of changes the peer has not answered"),
    REVISION_OUT("revisions to be sent or not yet acknowledged"),
    CHECKPOINT("checkpoints being saved");

    private final String words;

    Item(String words) {
      this.words = words;
    }
  }

  private static final Item[] ITEMS = Item.values();

  private final AtomicIntegerArray open = new AtomicIntegerArray(ITEMS.length);
  private int total;

  public void open(Item item) {
    open(item, 1);
  }

  public void open(Item item, int count) {
    open.lazySet(item.ordinal(), open.get(item.ordinal()) + count);
    total += count;
  }

  public void close(Item item) {
    close(item, 1);
  }

  public void close(Item item, int count) {
    int left = open.get(item.ordinal()) - count;
    if (left < 0) throw new IllegalStateException("closed more often than opened: " + item);
    open.lazySet(item.ordinal(), left);
    total -= count;
  }

  public int count(Item item) {
    return open.get(item.ordinal());
  }

  /** Whether no document is under way; on the lane only. */
  public boolean isIdle() {
    return total == open.get(Item.CHECKPOINT.ordinal());
  }

  /** Whether something is open; from anywhere. */
  public boolean isBusy() {
    for (int i = 0; i < ITEMS.length; i++) if (open.get(i) > 0) return true;
    return false;
  }

  /** What is open, a line each. */
  public List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (Item item : ITEMS) {
      int count = open.get(item.ordinal());
      if (count > 0) lines.add(count + " " + item.words);
    }
    return lines;
  }
}
