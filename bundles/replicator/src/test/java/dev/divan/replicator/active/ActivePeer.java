// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Database;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.Run;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Answer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** What tests of the active peer share: a database, and a script as the server. */
abstract class ActivePeer {
  final Nodes nodes = new Nodes();
  final Database here = nodes.database("here");
  final Nodes.Stage stage = nodes.stage();
  ScriptedPeer server;
  Run run;

  /** Whether getCollections was understood, so that each message names its collection. */
  boolean named = true;

  @AfterEach
  void close() {
    // A script that has ended answers nothing more: nobody shall wait for it.
    if (server != null && server.isOpen()) server.closes(4002);
    nodes.close();
  }

  ReplicatorConfiguration configuration(ReplicatorType type) {
    return configuration(type, new CollectionConfiguration(here.getDefaultCollection()));
  }

  ReplicatorConfiguration configuration(ReplicatorType type, CollectionConfiguration collection) {
    return new ReplicatorConfiguration(stage.endpoint())
        .addCollection(collection)
        .setType(type)
        .setMaxAttempts(1);
  }

  /** Starts, and lets the script be the server that has been found. */
  void start(ReplicatorConfiguration configuration) {
    run = nodes.start(configuration);
    server = stage.next();
  }

  /** Starts, and greets without a checkpoint. */
  void startFresh(ReplicatorConfiguration configuration) {
    start(configuration);
    server.hears("getCollections").isAnswered("[{}]");
  }

  /** Pulls once from a server, which has accepted the subscription. */
  void pulls() {
    startFresh(configuration(ReplicatorType.PULL));
    server.hears("subChanges").isAnswered();
  }

  /** Pushes once. */
  void pushes() {
    startFresh(configuration(ReplicatorType.PUSH));
  }

  private String[] inCollection(List<String> properties) {
    List<String> all = new ArrayList<>(properties);
    if (named) all.addAll(List.of("collection", "0"));
    return all.toArray(String[]::new);
  }

  Answer asks(String profile, String body, String... properties) {
    return server.asks(profile, body, inCollection(List.of(properties)));
  }

  void tells(String profile, String body, String... properties) {
    server.tells(profile, body, inCollection(List.of(properties)));
  }

  Answer announces(String rows) {
    return asks("changes", rows);
  }

  void caughtUp() {
    tells("changes", "[]");
  }

  Answer sends(String id, String rev, int sequence, String body, String... more) {
    List<String> all = new ArrayList<>(List.of("id", id, "rev", rev, "sequence", "" + sequence));
    all.addAll(List.of(more));
    return asks("rev", body, all.toArray(String[]::new));
  }

  /** The end of a one-shot: the checkpoint is saved, the connection closed with 1000. */
  Run ends() {
    savesCheckpoint();
    return closes();
  }

  Run closes() {
    server.isClosedWith(1000);
    return run.ends();
  }

  Heard savesCheckpoint() {
    Heard checkpoint = server.hears("setCheckpoint");
    checkpoint.isAnswered("", "rev", "1-cc");
    return checkpoint;
  }

  @Nullable String stored(String id) {
    String found = Nodes.content(here).get(id);
    return found == null ? null : found.replace('"', '\'');
  }

  /** The checkpoint kept here. */
  String localCheckpoint(ReplicatorConfiguration configuration) {
    ReplicaDatabase replicas = here.adapt(ReplicaDatabase.class);
    var checkpoint =
        replicas
            .checkpoints()
            .get(
                "local/"
                    + PeerKey.checkpointId(
                        here.getUuid(), configuration, configuration.getCollections().get(0)));
    return checkpoint == null ? "" : new String(checkpoint.body(), StandardCharsets.UTF_8);
  }
}
