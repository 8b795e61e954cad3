// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One collection as a replicator sees it. May be used by all threads.
 *
 * <p>Reads run on the calling thread, each on its own snapshot. Writes are queued and committed
 * together with others': the stage completes on a thread of the database after the commit is
 * durable; continue elsewhere. At rest a write is committed at once; while a commit runs the next
 * batch gathers.
 */
@ProviderType
public interface Replica {

  Collection collection();

  /** The sequence of the last committed change; 0 if there was none. */
  long lastSequence();

  /**
   * Documents changed after a sequence, in the order of their last change.
   *
   * @param since exclusive
   * @param limit at most so many
   * @param peer if not null, {@link Change#peerRevision()} is filled in with what that peer is
   *     known to hold
   */
  List<Change> changes(long since, int limit, @Nullable String peer);

  /** The current revision of one document with its sequence, or null if there is no document. */
  @Nullable Change change(String documentID, @Nullable String peer);

  /**
   * Runs the hook after every commit that changed this collection; on a thread of the database, it
   * must not block.
   */
  ListenerToken onCommit(Runnable hook);

  /**
   * Reads one revision whole, or null if it is not (any more) the current one of its document.
   *
   * @param revID null for whatever is current
   */
  @Nullable Revision read(String documentID, @Nullable String revID);

  /** For revisions a peer announces: which are wanted. The answers are parallel to the rows. */
  List<Wanted> find(List<DocumentRevision> announced);

  /**
   * For revisions a peer proposes to push, by the rule of docs/protocol.md "Proposals". Parallel to
   * the rows.
   */
  List<Verdict> judge(List<Proposal> proposed);

  /**
   * Stores revisions that came from a peer; all in one commit if they fit. The outcomes are
   * parallel; one that is refused does not hinder the others. The blobs that bodies mention must be
   * here already.
   */
  CompletionStage<List<Outcome>> insert(List<IncomingRevision> revisions);

  /**
   * Settles a conflict that {@link #insert} reported.
   *
   * @param incoming the remote revision, as inserted
   * @param localRevID what the resolver saw as local; if that is no longer current the outcome is
   *     again a conflict
   * @param resolution what shall hold
   */
  CompletionStage<Outcome> resolve(
      IncomingRevision incoming, String localRevID, Resolution resolution);

  /**
   * Remembers that a peer holds these revisions of documents that are here, or have been: nothing
   * is remembered of those purged since.
   */
  CompletionStage<Void> acknowledge(String peer, List<DocumentRevision> revisions);

  /** Forgets documents a peer has withdrawn from us. */
  CompletionStage<Void> purge(List<String> documentIDs);

  /** Forgets all that is remembered of what a peer holds. */
  CompletionStage<Void> forget(String peer);
}
