// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.testkit.await.Await;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A replicator that has been started, with all it told. */
public final class Run implements AutoCloseable {
  private final Replicator replicator;
  private final BlockingQueue<ReplicatorStatus> statuses = new LinkedBlockingQueue<>();
  private final List<ReplicatedDocument> pushed = new CopyOnWriteArrayList<>();
  private final List<ReplicatedDocument> pulled = new CopyOnWriteArrayList<>();

  Run(Replicator replicator, boolean reset) {
    this.replicator = replicator;
    replicator.addChangeListener(change -> statuses.add(change.status()));
    replicator.addDocumentReplicationListener(
        replication -> (replication.push() ? pushed : pulled).addAll(replication.documents()));
    replicator.start(reset);
  }

  public Replicator replicator() {
    return replicator;
  }

  public List<ReplicatedDocument> pushed() {
    return pushed;
  }

  public List<ReplicatedDocument> pulled() {
    return pulled;
  }

  /** Waits until it has told this. */
  public ReplicatorStatus reaches(ReplicatorActivityLevel level) {
    for (; ; ) {
      ReplicatorStatus status =
          Await.next(
              statuses, () -> level + ", it is " + replicator.getStatus() + replicator.openWork());
      if (status.activityLevel() == level) return status;
    }
  }

  /** Waits until it has stopped. */
  public ReplicatorStatus stops() {
    return reaches(ReplicatorActivityLevel.STOPPED);
  }

  /** Waits until it has stopped, without an error. */
  public Run ends() {
    assertNull(stops().error());
    return this;
  }

  /** Waits until it has stopped, with this error. */
  public ReplicatorException fails(ReplicatorException.Domain domain, int code) {
    ReplicatorException error = stops().error();
    assertNotNull(error);
    assertEquals(domain + "/" + code, error.getDomain() + "/" + error.getCode(), error::toString);
    return error;
  }

  /** Waits until it rests. */
  public void rests() {
    Await.until(
        () -> "idle, it is " + replicator.getStatus() + replicator.openWork(),
        () -> replicator.getStatus().activityLevel() == ReplicatorActivityLevel.IDLE);
  }

  /** The error reported for a document. */
  public ReplicatorException error(String documentID) {
    for (List<ReplicatedDocument> all : List.of(pushed, pulled))
      for (ReplicatedDocument document : all)
        if (document.id().equals(documentID) && document.error() != null) return document.error();
    throw new AssertionError("no error of " + documentID + " in " + pushed + pulled);
  }

  /** That no document had an error. */
  public Run withoutErrors() {
    for (List<ReplicatedDocument> all : List.of(pushed, pulled))
      for (ReplicatedDocument document : all)
        assertNull(document.error(), () -> document.id() + ": " + document.error());
    return this;
  }

  @Override
  public void close() {
    replicator.close();
    assertEquals(ReplicatorActivityLevel.STOPPED, replicator.getStatus().activityLevel());
  }
}
