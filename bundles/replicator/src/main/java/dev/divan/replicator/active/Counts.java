// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Collection;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.conversation.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many documents there are to handle and have been handled since the replicator was started,
 * and what became of each. Written on the lane, the numbers are read from anywhere.
 */
final class Counts {

  /** Takes what became of documents, in the order in which it became so. */
  interface Reporter {
    /** Whether anybody listens. */
    boolean isHeard();

    void report(boolean push, List<ReplicatedDocument> documents);

    /**
     * Whether so much waits to be told that no more should come for now; if so, the room is made
     * known once.
     *
     * @param room run on a worker
     */
    boolean isFull(Runnable room);
  }

  private final AtomicLong total = new AtomicLong();
  private final AtomicLong completed = new AtomicLong();
  private final Reporter reporter;
  private List<ReplicatedDocument> pushed = new ArrayList<>();
  private List<ReplicatedDocument> pulled = new ArrayList<>();

  Counts(Reporter reporter) {
    this.reporter = reporter;
  }

  ReplicatorProgress progress() {
    long done = completed.get();
    return new ReplicatorProgress(done, Math.max(done, total.get()));
  }

  void announced(int documents) {
    total.lazySet(total.get() + documents);
  }

  /** One is over without anything to tell. */
  void done() {
    completed.lazySet(completed.get() + 1);
  }

  /** One is over. */
  void document(
      Topic topic,
      boolean push,
      String id,
      Set<DocumentFlag> flags,
      @Nullable ReplicatorException error) {
    done();
    event(topic, push, id, flags, error);
  }

  /** Something happened to a document that was not counted. */
  void event(
      Topic topic,
      boolean push,
      String id,
      Set<DocumentFlag> flags,
      @Nullable ReplicatorException error) {
    if (!reporter.isHeard()) return;
    Collection collection = topic.replica().collection();
    (push ? pushed : pulled)
        .add(
            new ReplicatedDocument(
                collection.getScope().getName(), collection.getName(), id, flags, error));
  }

  /** Whether listeners have to catch up; if so, they say when they have. */
  boolean isFull(Runnable room) {
    return reporter.isFull(room);
  }

  /** Passes on what has gathered. */
  void flush() {
    if (!pushed.isEmpty()) {
      reporter.report(true, pushed);
      pushed = new ArrayList<>();
    }
    if (!pulled.isEmpty()) {
      reporter.report(false, pulled);
      pulled = new ArrayList<>();
    }
  }
}
