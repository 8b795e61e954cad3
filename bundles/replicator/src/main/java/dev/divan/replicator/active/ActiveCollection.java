// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Collection;
import dev.divan.database.replica.Replica;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.checkpoint.CheckpointState;
import dev.divan.replicator.checkpoint.RemoteSequences;
import dev.divan.replicator.checkpoint.SequenceSet;
import dev.divan.replicator.conversation.Topic;
import org.jspecify.annotations.Nullable;

/** One collection in an active session: its checkpoint and its halves. */
final class ActiveCollection {
  private final ActiveSession session;
  private final Collection collection;
  private final Rules rules;
  private final String checkpointId;
  private int index = -1;
  private @Nullable Pull pull;
  private @Nullable Push push;
  private @Nullable Checkpointer checkpointer;

  ActiveCollection(
      ActiveSession session, CollectionConfiguration configuration, String checkpointId) {
    this.session = session;
    this.collection = configuration.getCollection();
    this.rules = new Rules(session.talk(), configuration);
    this.checkpointId = checkpointId;
  }

  Collection collection() {
    return collection;
  }

  Rules rules() {
    return rules;
  }

  String checkpointId() {
    return checkpointId;
  }

  int index() {
    return index;
  }

  @Nullable Pull pull() {
    return pull;
  }

  @Nullable Push push() {
    return push;
  }

  @Nullable CheckpointState localCheckpoint() {
    return session.resets()
        ? null
        : Checkpointer.local(session.talk().database().checkpoints(), checkpointId);
  }

  /**
   * @param theirs the peer's copy of the checkpoint, if it has one
   * @param rev its revision there
   */
  void begin(int index, @Nullable CheckpointState theirs, @Nullable String rev) {
    this.index = index;
    CheckpointState agreed = CheckpointState.agreed(localCheckpoint(), theirs);
    Replica replica = session.talk().database().replica(collection);
    Topic topic = new Topic(replica, index);
    SequenceSet local = agreed.local();
    checkpointer =
        new Checkpointer(
            session,
            topic,
            checkpointId,
            () -> new CheckpointState(local, pull == null ? agreed.remote() : pull.mark()),
            agreed,
            rev);
    if (session.pulls()) {
      pull = new Pull(session, topic, rules, new RemoteSequences(agreed.remote()));
      pull.begin();
    }
    if (session.configuration().getType().pushes()) {
      push = new Push(session, topic, rules, local);
      push.begin();
    }
  }

  /** The peer's revision of the checkpoint, where it comes after the beginning. */
  void peerRevision(@Nullable String rev) {
    if (checkpointer != null) checkpointer.rev(rev);
  }

  void save() {
    if (push != null) push.rememberAll();
    if (checkpointer != null) checkpointer.save();
  }

  boolean isSaved() {
    return checkpointer == null || checkpointer.isSaved();
  }
}
