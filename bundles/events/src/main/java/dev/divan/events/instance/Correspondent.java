// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import dev.divan.database.ListenerToken;
import dev.divan.events.letter.Letter;
import dev.divan.events.letter.ReplicatorLetters;
import dev.divan.events.letter.Topics;
import dev.divan.replicator.DocumentReplication;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes of one replicator, as long as it is a service. */
final class Correspondent implements AutoCloseable {
  private final Replicator replicator;
  private final Topics topics;
  private final Consumer<Letter> post;
  private final ReplicatorLetters letters;
  private final List<ListenerToken> tokens = new ArrayList<>();
  private boolean closed;

  Correspondent(
      Supplier<String> name, Replicator replicator, Topics topics, Consumer<Letter> post) {
    this.replicator = replicator;
    this.topics = topics;
    this.post = post;
    this.letters =
        new ReplicatorLetters(
            name,
            () -> replicator.getConfiguration().getTarget().url().toString(),
            replicator
                .getConfiguration()
                .getCollections()
                .get(0)
                .getCollection()
                .getDatabase()
                .getName());
    if (topics.wants(Topics.STATUS)) {
      tokens.add(replicator.addChangeListener(change -> status(change::status)));
      status(replicator::getStatus);
    }
    // a replicator that nobody listens to is spared the bookkeeping
    if (topics.wants(Topics.REPLICATED)
        || topics.wants(Topics.FAILED)
        || topics.wants(Topics.RESOLVED))
      tokens.add(replicator.addDocumentReplicationListener(this::replicated));
  }

  /**
   * One after the other, so that the status of now is not told after a later one, nor any after the
   * last word, though a call may be under way when its token is removed.
   */
  private synchronized void status(Supplier<ReplicatorStatus> status) {
    if (!closed) post.accept(letters.status(status.get()));
  }

  private void replicated(DocumentReplication replication) {
    if (topics.wants(Topics.REPLICATED))
      letters.replicated(replication.push(), replication.documents()).forEach(post);
    if (topics.wants(Topics.RESOLVED)) letters.resolved(replication.documents()).forEach(post);
    if (topics.wants(Topics.FAILED))
      letters.failed(replication.push(), replication.documents()).forEach(post);
  }

  /** Ends the subscriptions. */
  @Override
  public void close() {
    tokens.forEach(ListenerToken::remove);
    synchronized (this) {
      closed = true;
    }
  }

  /** The replicator is no service any more. */
  void gone() {
    close();
    if (topics.wants(Topics.STATUS)) post.accept(letters.gone(replicator.getStatus()));
  }
}
