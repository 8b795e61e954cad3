// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an incoming revision is to a document that has a current one. A document has one
 * current revision: of two branches one is dropped before the other is stored.
 */
public final class Succession {

  /** How many ancestors of a revision are kept. */
  public static final int MAX_HISTORY = 50;

  /** The least depth at which a peer prunes: 20 ancestors, of which the revision itself is one. */
  private static final int PRUNED = 19;

  private Succession() {}

  /** What an incoming revision is. */
  public enum Relation {
    /** Here already, or overtaken. */
    KNOWN,
    /** To be stored as the current one. */
    FOLLOWS,
    /** Neither; somebody has to choose. */
    CONFLICTS
  }

  /**
   * The relation of an incoming revision to what is here.
   *
   * @param current the ID of the current revision
   * @param ancestors those of the current revision
   * @param held what the peer it comes from held before, as far as known
   */
  public static Relation of(
      RevID current,
      List<RevID> ancestors,
      boolean deleted,
      RevID incoming,
      List<RevID> history,
      boolean incomingDeleted,
      @Nullable RevID held) {
    if (current.equals(incoming)) {
      return Relation.KNOWN;
    }
    if (incoming.generation() < current.generation() && ancestors.contains(incoming)) {
      return Relation.KNOWN;
    }
    if (incoming.equals(held)) {
      // Overtaken so long ago that our history has forgotten it.
      return Relation.KNOWN;
    }
    if (current.generation() < incoming.generation() && history.contains(current)) {
      return Relation.FOLLOWS;
    }
    if (deleted && incomingDeleted) {
      // Gone on both sides. The greater one is taken; the lesser gets a successor, or its peer
      // would
      // keep what it has.
      return incoming.compareTo(current) > 0 ? Relation.FOLLOWS : Relation.CONFLICTS;
    }
    if (deleted && unrelated(ancestors, history)) {
      // Made anew by someone who does not know, or does not care, that it was deleted.
      return Relation.FOLLOWS;
    }
    // The peer has gone over to another branch, and nothing was edited here meanwhile.
    return current.equals(held) ? Relation.FOLLOWS : Relation.CONFLICTS;
  }

  /** Whether a history reaches a root of its own, or says nothing of where it comes from. */
  private static boolean unrelated(List<RevID> ancestors, List<RevID> history) {
    return history.isEmpty()
        || history.get(history.size() - 1).generation() == 1
            && Collections.disjoint(ancestors, history);
  }

  /**
   * Whether a history is well-formed: newest first, each generation one less than the one before. A
   * gap is allowed beyond the depth at which peers prune.
   */
  public static boolean sequential(RevID revision, List<RevID> history) {
    long generation = revision.generation();
    for (int i = 0; i < history.size(); i++) {
      long next = history.get(i).generation();
      if (next >= generation || next != generation - 1 && i < PRUNED) {
        return false;
      }
      generation = next;
    }
    return true;
  }

  /** The history to keep: what came, and below our current revision what we know. */
  public static List<RevID> joined(List<RevID> history, RevID current, List<RevID> ancestors) {
    int at = history.indexOf(current);
    if (at < 0 || ancestors.isEmpty()) {
      return history.size() <= MAX_HISTORY ? history : history.subList(0, MAX_HISTORY);
    }
    return child(history.subList(0, at + 1), ancestors);
  }

  /** The first ones followed by the others, as many as are kept. */
  public static List<RevID> child(List<RevID> first, List<RevID> then) {
    List<RevID> all = new ArrayList<>(first.size() + then.size());
    all.addAll(first);
    all.addAll(then);
    return all.size() <= MAX_HISTORY ? all : all.subList(0, MAX_HISTORY);
  }
}
