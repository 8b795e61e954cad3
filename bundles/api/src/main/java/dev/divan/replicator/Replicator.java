// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import java.util.Set;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps collections here and at a peer alike: the active peer. A configured one is a service with
 * the properties {@code name}, {@code database.name}, {@code replicator.url} and {@code
 * replicator.activity}, a {@link ReplicatorActivityLevel} that is brought up to date at most once a
 * second. May be used by all threads; no method blocks, but those that say so.
 */
@ProviderType
public interface Replicator extends AutoCloseable {

  /** A copy. */
  ReplicatorConfiguration getConfiguration();

  /** Starts, unless it runs. */
  void start();

  /** Starts; with true, from the beginning, as if the two had never met. */
  void start(boolean resetCheckpoint);

  /**
   * Stops. What is under way is finished or given up within 5 seconds; then the status is {@code
   * STOPPED}.
   */
  void stop();

  ReplicatorStatus getStatus();

  ListenerToken addChangeListener(ReplicatorChangeListener listener);

  ListenerToken addChangeListener(Executor executor, ReplicatorChangeListener listener);

  ListenerToken addDocumentReplicationListener(DocumentReplicationListener listener);

  /** Documents with changes that the peer has not got yet. Reads the database: may block. */
  Set<String> getPendingDocumentIds(Collection collection);

  boolean isDocumentPending(String documentID, Collection collection);

  /** What it is waiting for now, one line each, for people. */
  java.util.List<String> openWork();

  /** Stops for good, and waits for that at most 5 seconds. */
  @Override
  void close();
}
