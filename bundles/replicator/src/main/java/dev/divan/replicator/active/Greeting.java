// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.blip.BlipError;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.database.Collection;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import dev.divan.replicator.checkpoint.CheckpointState;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first words of an active peer: it names the collections and learns which checkpoints the
 * other one keeps for them. A peer that does not understand that is asked for the default
 * collection's checkpoint, if there is no other collection.
 */
final class Greeting {
  private final ActiveSession session;
  private final List<ActiveCollection> collections;
  private final UUID databaseId;
  private final Runnable done;

  /**
   * @param done run when every collection has begun
   */
  Greeting(
      ActiveSession session, List<ActiveCollection> collections, UUID databaseId, Runnable done) {
    this.session = session;
    this.collections = collections;
    this.databaseId = databaseId;
    this.done = done;
  }

  void begin() {
    List<String> ids = collections.stream().map(ActiveCollection::checkpointId).toList();
    List<String> names = collections.stream().map(Greeting::wireName).toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("checkpoint_ids", ids);
    body.put("collections", names);
    session
        .talk()
        .ask(
            Properties.of(Profile.PROFILE, Profile.GET_COLLECTIONS, "uuid", databaseId.toString()),
            Json.print(body),
            false,
            new Reply() {
              @Override
              public void onReply(Properties answer, byte[] json) {
                answered(json);
              }

              @Override
              public void onError(BlipError refusal) {
                if (!refusal.isClosed()) refused(refusal, names);
              }
            });
  }

  private static String wireName(ActiveCollection active) {
    Collection collection = active.collection();
    return collection.getScope().getName().equals("_default")
        ? collection.getName()
        : collection.getFullName();
  }

  private void refused(BlipError refusal, List<String> names) {
    if (!refusal.is(Faults.BLIP, 404))
      session.fail(refusal, "the peer does not share these collections");
    else if (names.equals(List.of("_default"))) askForCheckpoint();
    else session.fail(refusal, "the peer knows no named collections");
  }

  private void answered(byte[] json) {
    List<?> answers;
    try {
      answers = Json.parse(json) instanceof List<?> list ? list : List.of();
    } catch (JsonException malformed) {
      answers = List.of();
    }
    if (answers.size() != collections.size()) {
      session.fail(Faults.invalidJsonBody(), "the peer's answer about collections cannot be read");
      return;
    }
    for (int i = 0; i < answers.size(); i++)
      if (answers.get(i) == null) {
        String name = collections.get(i).collection().getFullName();
        session.fail(
            new BlipError(Faults.HTTP, 404, "collection " + name + " is not found at the peer"),
            "a collection is missing at the peer");
        return;
      }
    for (int i = 0; i < answers.size(); i++) {
      Map<?, ?> answer = answers.get(i) instanceof Map<?, ?> map ? map : Map.of();
      String rev = answer.get("rev") instanceof String text ? text : null;
      collections
          .get(i)
          .begin(i, rev == null ? null : CheckpointState.parse(Json.print(answer)), rev);
    }
    done.run();
  }

  /** Without a checkpoint of our own the answer need not be awaited. */
  private void askForCheckpoint() {
    ActiveCollection collection = collections.get(0);
    boolean waits = collection.localCheckpoint() != null;
    session
        .talk()
        .ask(
            Properties.of(
                Profile.PROFILE, Profile.GET_CHECKPOINT, Profile.CLIENT, collection.checkpointId()),
            new byte[0],
            false,
            new Reply() {
              @Override
              public void onReply(Properties answer, byte[] body) {
                answered(CheckpointState.parse(body), answer.get("rev"));
              }

              @Override
              public void onError(BlipError refusal) {
                if (refusal.isClosed()) return;
                if (refusal.is(Faults.HTTP, 404)) answered(null, null);
                else session.fail(refusal, "the peer does not tell our checkpoint");
              }

              private void answered(@Nullable CheckpointState theirs, @Nullable String rev) {
                if (waits) begin(theirs, rev);
                else collection.peerRevision(rev);
              }
            });
    if (!waits) begin(null, null);
  }

  private void begin(@Nullable CheckpointState theirs, @Nullable String rev) {
    collections.get(0).begin(-1, theirs, rev);
    done.run();
  }
}
