// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.replica.Checkpoints;
import dev.divan.replicator.checkpoint.CheckpointState;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves how far one collection has got: first at the peer, then, when it has confirmed, here. What
 * it saves has been committed before, because the database commits in the order in which it is
 * asked.
 */
final class Checkpointer {

  /** Times another writer of the same checkpoint may be ahead of us in a row. */
  private static final int MAX_COLLISIONS = 5;

  private static final long FIRST_PAUSE_MILLIS = 50;

  private final ActiveSession session;
  private final Talk talk;
  private final Topic topic;
  private final String id;
  private final Supplier<CheckpointState> current;
  private String saved;
  private @Nullable String rev;
  private boolean saving;
  private int collisions;

  /**
   * @param saved what is saved at both ends
   * @param rev the peer's revision of it; null if it has none
   */
  Checkpointer(
      ActiveSession session,
      Topic topic,
      String id,
      Supplier<CheckpointState> current,
      CheckpointState saved,
      @Nullable String rev) {
    this.session = session;
    this.talk = session.talk();
    this.topic = topic;
    this.id = id;
    this.current = current;
    this.saved = saved.toString();
    this.rev = rev;
  }

  /** Our own copy. */
  static @Nullable CheckpointState local(Checkpoints checkpoints, String id) {
    Checkpoints.Checkpoint stored = checkpoints.get(key(id));
    return stored == null ? null : CheckpointState.parse(stored.body());
  }

  private static String key(String id) {
    return "local/" + id;
  }

  boolean isSaved() {
    return !saving && current.get().toString().equals(saved);
  }

  void rev(@Nullable String known) {
    rev = known;
  }

  /** Saves, unless nothing has changed or a save is under way. */
  void save() {
    if (saving) return;
    CheckpointState state = current.get();
    String text = state.toString();
    if (text.equals(saved)) return;
    saving = true;
    talk.ledger().open(Item.CHECKPOINT);
    put(state.print(System.currentTimeMillis() / 1000), text);
  }

  private void put(byte[] body, String text) {
    talk.ask(
        topic
            .message(Profile.SET_CHECKPOINT)
            .put(Profile.CLIENT, id)
            .put("rev", rev == null ? "" : rev)
            .build(),
        body,
        false,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] nothing) {
            rev = answer.get("rev");
            collisions = 0;
            keep(body, text);
          }

          @Override
          public void onError(BlipError error) {
            if (error.isClosed()) return;
            if (error.is(Faults.HTTP, 409) && collisions < MAX_COLLISIONS)
              session.after(pause(collisions++), () -> reread(body, text));
            else session.fail(error, "the peer does not keep our checkpoint");
          }
        });
  }

  /** Milliseconds; two who write the same checkpoint shall not keep up with each other. */
  private static long pause(int collisions) {
    return collisions == 0 ? 0 : FIRST_PAUSE_MILLIS << collisions - 1;
  }

  /**
   * Somebody else has written it: takes over the revision, not the content, which is ours to know.
   */
  private void reread(byte[] body, String text) {
    talk.ask(
        topic.message(Profile.GET_CHECKPOINT).put(Profile.CLIENT, id).build(),
        new byte[0],
        false,
        new Reply() {
          @Override
          public void onReply(Properties answer, byte[] ignored) {
            rev = answer.get("rev");
            put(body, text);
          }

          @Override
          public void onError(BlipError error) {
            if (error.isClosed()) return;
            if (error.is(Faults.HTTP, 404)) {
              rev = null;
              put(body, text);
            } else session.fail(error, "the peer does not keep our checkpoint");
          }
        });
  }

  private void keep(byte[] body, String text) {
    talk.afterwards(
        talk.database().checkpoints().set(key(id), body),
        (nothing, failure) -> {
          saving = false;
          talk.ledger().close(Item.CHECKPOINT);
          if (failure == null) saved = text;
          session.progressed();
        });
  }
}
