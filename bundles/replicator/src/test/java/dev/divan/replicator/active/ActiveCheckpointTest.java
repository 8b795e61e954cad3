// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActiveCheckpointTest extends ActivePeer {

  /** Pulls one document of this sequence, and returns the checkpoint as saved. */
  private String pulledUpTo(String sequence) {
    pulls();
    announces("[[" + sequence + ",'a','1-aa']]").says("[[]]");
    asks("rev", "{}", "id", "a", "rev", "1-aa", "sequence", sequence).saysNothing();
    caughtUp();
    String saved = new String(savesCheckpoint().body());
    closes();
    return saved;
  }

  private static String withRev(String checkpoint, String rev) {
    return checkpoint.substring(0, checkpoint.length() - 1) + ",\"rev\":\"" + rev + "\"}";
  }

  @DisplayName(
      "conformance 51, 53: getCollections names checkpoint, collection and database first of all")
  @Test
  void firstMessage() {
    start(configuration(ReplicatorType.PUSH_AND_PULL));
    Heard first =
        server
            .hears("getCollections")
            .with("uuid", here.getUuid().toString())
            .without("collection");
    Map<?, ?> body = (Map<?, ?>) first.json();
    assertEquals(List.of("_default"), body.get("collections"));
    assertEquals(1, ((List<?>) body.get("checkpoint_ids")).size());
    first.isAnswered("[{}]");
    server.hears("subChanges").with("collection", "0").isAnswered();
    caughtUp();
    closes();
  }

  @DisplayName("conformance 47: with getCollections nothing is sent before the answer")
  @Test
  void waitsForTheAnswer() {
    save(here, "a", "{}");
    start(configuration(ReplicatorType.PUSH_AND_PULL));
    Heard first = server.hears("getCollections");
    server.hearsNothingMore();
    first.isAnswered("[{}]");
    server.hears("subChanges");
  }

  @DisplayName("conformance 51: a null, a wrong length, or an odd answer stops the run")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[null];HTTP;404",
        "[];PEER;400",
        "[{},{}];PEER;400",
        "{};PEER;400",
        "nonsense;PEER;400"
      })
  void oddAnswers(String answer, Domain domain, int code) {
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isAnswered(answer);
    run.fails(domain, code);
    server.isClosed();
  }

  @DisplayName("conformance 9: an error to getCollections ends the run, transient if HTTP/503")
  @ParameterizedTest
  @CsvSource({
    "HTTP,400,4002",
    "HTTP,403,4002",
    "HTTP,503,4001",
    "BLIP,400,4002",
    "LiteCore,7,4002"
  })
  void refused(String domain, int code, int close) {
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isRefused(domain, code);
    server.isClosedWith(close);
    assertEquals(code, run.stops().error().getCode());
  }

  @DisplayName("conformance 54, 47: falls back to getCheckpoint; without a copy starts at once")
  @Test
  void fallsBack() {
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isRefused("BLIP", 404);
    named = false;
    Heard checkpoint = server.hears("getCheckpoint").without("collection");
    checkpoint.property("client");
    server.hears("subChanges").without("collection").without("since").isAnswered();
    checkpoint.isRefused("HTTP", 404);
    announces("[[7,'a','1-aa']]").says("[[]]");
    sends("a", "1-aa", 7, "{}").saysNothing();
    caughtUp();
    server
        .hears("setCheckpoint")
        .without("collection")
        .with("rev", "")
        .isAnswered("", "rev", "1-cc");
    closes();
    assertEquals("1-aa {}", stored("a"));
  }

  @DisplayName("conformance 54, 47: with a copy it waits for the answer of getCheckpoint")
  @Test
  void fallsBackAndWaits() {
    pulledUpTo("7");
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isRefused("BLIP", 404);
    named = false;
    Heard checkpoint = server.hears("getCheckpoint");
    server.hearsNothingMore();
    checkpoint.isAnswered("{'local':0,'remote':7}", "rev", "1-cc");
    server.hears("subChanges").with("since", "7").isAnswered();
    caughtUp();
    run.stops();
  }

  @DisplayName("conformance 54: an error of getCheckpoint other than 404 ends the run, no hang")
  @ParameterizedTest
  @CsvSource({"HTTP,500", "HTTP,503", "LiteCore,7", "BLIP,404"})
  void checkpointErrors(String domain, int code) {
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isRefused("BLIP", 404);
    server.hears("getCheckpoint").isRefused(domain, code);
    assertEquals(code, run.stops().error().getCode());
  }

  @DisplayName("conformance 54: named collections need a peer that knows them")
  @Test
  void noFallBackForNamedCollections() {
    start(
        new ReplicatorConfiguration(stage.endpoint())
            .addCollection(here.createCollection("things", "scope")));
    server.hears("getCollections").isRefused("BLIP", 404);
    server.isClosedWith(4002);
    run.fails(Domain.PEER, 404);
  }

  @DisplayName("conformance 50, 55: where the pull ended it goes on, number or string")
  @ParameterizedTest
  @ValueSource(strings = {"7", "\"20:5\"", "\"20::35\"", "9007199254740993", "\"7\""})
  void goesOn(String sequence) {
    String saved = pulledUpTo(sequence);
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isAnswered("[" + withRev(saved, "1-cc") + "]");
    server.hears("subChanges").with("since", sequence).isAnswered();
    caughtUp();
    closes();
  }

  @DisplayName("conformance 48: if the copies differ, the remote part starts over")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'local':0,'remote':6,'rev':'1-cc'}",
        "{'local':0,'remote':'7','rev':'1-cc'}"
      })
  void startsOver(String theirs) {
    pulledUpTo("7");
    start(configuration(ReplicatorType.PULL));
    server.hears("getCollections").isAnswered("[" + theirs + "]");
    server.hears("subChanges").without("since").isAnswered();
    caughtUp();
    run.stops();
  }

  @DisplayName("conformance 45: on 409 the checkpoint is read again and saved with its revision")
  @Test
  void checkpointConflict() {
    startFreshPull();
    Heard first = server.hears("setCheckpoint").with("rev", "");
    first.isRefused("HTTP", 409);
    server.hears("getCheckpoint").isAnswered("{'local':1}", "rev", "5-cc");
    server.hears("setCheckpoint").with("rev", "5-cc").isAnswered("", "rev", "6-cc");
    closes();
  }

  private void startFreshPull() {
    pulls();
    announces("[[7,'a','1-aa']]").says("[[]]");
    sends("a", "1-aa", 7, "{}").saysNothing();
    caughtUp();
  }

  @DisplayName("conformance 45: a peer that always answers 409 is not asked without end")
  @Test
  void endlessCheckpointConflict() {
    startFreshPull();
    long begun = System.nanoTime();
    int tries = 0;
    while (server.isOpen() && tries < 100) {
      server.hears("setCheckpoint").isRefused("HTTP", 409);
      if (++tries > 5) break;
      server.hears("getCheckpoint").isRefused("HTTP", 404);
    }
    run.fails(Domain.HTTP, 409);
    assertTrue(tries <= 10, tries + " tries");
    long millis = (System.nanoTime() - begun) / 1_000_000;
    assertTrue(millis >= 50 + 100 + 200 + 400, "it goes slower and slower: " + millis + " ms");
  }

  @DisplayName("conformance 45: any other error of setCheckpoint ends the run with it")
  @Test
  void checkpointRefused() {
    startFreshPull();
    server.hears("setCheckpoint").isRefused("HTTP", 500);
    run.fails(Domain.HTTP, 500);
  }

  @DisplayName("conformance 49: what is not yet pushed leaves a gap in localCompleted")
  @Test
  void sparse() {
    for (String id : List.of("a", "b", "c")) save(here, id, "{}");
    pushes();
    server.hears("proposeChanges").isAnswered("[]");
    server.hears("rev").isAnswered();
    server.hears("rev").isRefused("HTTP", 503);
    server.hears("rev").isAnswered();
    Map<?, ?> saved = (Map<?, ?>) Json.parse(savesCheckpoint().body());
    assertEquals(1L, saved.get("local"));
    assertEquals(List.of(0L, 2L, 3L, 1L), saved.get("localCompleted"));
    closes();
    // The next run pushes just what is missing.
    start(configuration(ReplicatorType.PUSH));
    server
        .hears("getCollections")
        .isAnswered("[{'local':1,'localCompleted':[0,2,3,1],'rev':'1-cc'}]");
    Heard rows = server.hears("proposeChanges");
    assertEquals(1, ((List<?>) rows.json()).size());
    assertEquals("b", ((List<?>) ((List<?>) rows.json()).get(0)).get(0));
  }
}
