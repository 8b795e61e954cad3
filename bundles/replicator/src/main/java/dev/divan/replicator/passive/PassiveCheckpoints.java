// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.database.replica.Checkpoints;
import dev.divan.database.replica.Checkpoints.Checkpoint;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import dev.divan.replicator.conversation.Ledger.Item;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.wire.Faults;
import dev.divan.replicator.wire.Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps clients' checkpoints: opaque bytes under an ID of the client's choice. */
final class PassiveCheckpoints {

  /** Longer IDs are refused; real ones have about 30 bytes. */
  private static final int MAX_ID_BYTES = 300;

  private static final int MAX_BODY_BYTES = 256 * 1024;

  private final Talk talk;
  private final Checkpoints checkpoints;

  PassiveCheckpoints(Talk talk) {
    this.talk = talk;
    this.checkpoints = talk.database().checkpoints();
  }

  private static @Nullable String id(@Nullable String client) {
    return client == null
            || client.isEmpty()
            || client.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES
        ? null
        : "peer/" + client;
  }

  void get(IncomingRequest request) {
    String id = id(request.properties().get(Profile.CLIENT));
    if (id == null) {
      request.fail(Faults.missingCheckpointId());
      return;
    }
    Checkpoint checkpoint = checkpoints.get(id);
    if (checkpoint == null) request.fail(Faults.notFound());
    else request.respond(Properties.of("rev", checkpoint.rev()), checkpoint.body());
  }

  void set(IncomingRequest request) {
    String id = id(request.properties().get(Profile.CLIENT));
    if (id == null) {
      request.fail(Faults.missingCheckpointId());
      return;
    }
    if (request.body().length > MAX_BODY_BYTES) {
      request.fail(Faults.tooBig());
      return;
    }
    talk.ledger().open(Item.CHECKPOINT);
    talk.afterwards(
        checkpoints.put(id, request.properties().nonEmpty("rev"), request.body()),
        (rev, failure) -> {
          talk.ledger().close(Item.CHECKPOINT);
          if (failure != null) request.fail(Faults.busy("the checkpoint cannot be stored now"));
          else if (rev == null) request.fail(Faults.checkpointMismatch());
          else request.respond(Properties.of("rev", rev), new byte[0]);
        });
  }

  /** The answer to {@code getCollections}. */
  byte[] answer(CollectionsRequest wanted, List<@Nullable PassiveCollection> agreed) {
    List<@Nullable Object> answer = new ArrayList<>();
    for (int i = 0; i < agreed.size(); i++)
      answer.add(agreed.get(i) == null ? null : checkpoint(id(wanted.checkpointIds().get(i))));
    return Json.print(answer);
  }

  private Map<Object, Object> checkpoint(@Nullable String id) {
    Map<Object, Object> object = new LinkedHashMap<>();
    Checkpoint stored = id == null ? null : checkpoints.get(id);
    if (stored == null) return object;
    try {
      if (Json.parse(stored.body()) instanceof Map<?, ?> body) object.putAll(body);
    } catch (JsonException e) {
      // It is the client's business what it stores; it gets at least the revision back.
      object.clear();
    }
    object.put("rev", stored.rev());
    return object;
  }
}
