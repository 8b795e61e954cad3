// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static dev.divan.replicator.testing.ScriptedPeer.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.divan.blip.Properties;
import dev.divan.database.Database;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.json.Json;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.testkit.await.Await;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointDialogueTest {
  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");
  private final URLEndpoint endpoint =
      nodes.serve(
          new PassiveConfiguration(
              List.of(
                  there.getDefaultCollection(),
                  there.createCollection("inventory", "_default"),
                  there.createCollection("things", "scopeA")),
              false,
              true));
  private ScriptedPeer peer = nodes.client(endpoint);

  @AfterEach
  void close() {
    // Whatever was asked before, a normal request still works (conformance 92).
    if (peer.isOpen()) {
      peer.asks("no such profile", "").fails("BLIP", 404);
      peer.close();
    }
    nodes.close();
  }

  private String stored(String client, String body) {
    return peer.asks("setCheckpoint", body, "client", client, "rev", "")
        .saysNothing()
        .property("rev");
  }

  @DisplayName("conformance 43: an unknown checkpoint is HTTP/404")
  @Test
  void unknownCheckpoint() {
    peer.asks("getCheckpoint", "", "client", "cp-x").fails("HTTP", 404);
  }

  @DisplayName("conformance 43: without a name it is BLIP/400")
  @Test
  void namelessCheckpoint() {
    peer.asks("getCheckpoint", "").fails("BLIP", 400);
    peer.asks("setCheckpoint", "{}", "rev", "").fails("BLIP", 400);
  }

  @DisplayName("conformance 44: the first setCheckpoint has an empty rev, or none")
  @Test
  void firstCheckpoint() {
    String rev = stored("cp-x", "{'a':1}");
    peer.asks("getCheckpoint", "", "client", "cp-x").with("rev", rev).says("{'a':1}");
    peer.asks("setCheckpoint", "{'b':1}", "client", "cp-y").saysNothing().property("rev");
  }

  @DisplayName(
      "conformance 44: a wrong rev, or one that should or should not be, is HTTP/409 (v16)")
  @Test
  void wrongRevisions() {
    peer.asks("setCheckpoint", "{'a':0}", "client", "cp-x", "rev", "7-cc").fails("HTTP", 409);
    String rev = stored("cp-x", "{'a':1}");
    peer.asks("setCheckpoint", "{'a':2}", "client", "cp-x", "rev", "").fails("HTTP", 409);
    peer.asks("setCheckpoint", "{'a':2}", "client", "cp-x").fails("HTTP", 409);
    peer.asks("setCheckpoint", "{'a':2}", "client", "cp-x", "rev", "9-cc").fails("HTTP", 409);
    peer.asks("getCheckpoint", "", "client", "cp-x").with("rev", rev).says("{'a':1}");
  }

  @DisplayName("conformance 44: success gives a new rev, and only that one is good for the next")
  @Test
  void nextRevision() {
    String first = stored("cp-x", "{'a':1}");
    String second =
        peer.asks("setCheckpoint", "{'a':2}", "client", "cp-x", "rev", first).property("rev");
    assertNotEquals(first, second);
    peer.asks("setCheckpoint", "{'a':3}", "client", "cp-x", "rev", first).fails("HTTP", 409);
    peer.asks("setCheckpoint", "{'a':3}", "client", "cp-x", "rev", second).saysNothing();
  }

  @DisplayName("conformance 46: bodies are kept byte for byte, whatever they are")
  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello", "{\"b\":  2 , \"a\":1}", "{", "\u0000", "[1]", "{\"a\":1,\"a\":2}"})
  void opaqueBodies(String body) {
    String rev = stored("cp-z", body);
    peer.asks("getCheckpoint", "", "client", "cp-z").with("rev", rev).saysBytes(bytes(body));
    peer.close();
    peer = nodes.client(endpoint);
    byte[] answer =
        peer.asks("getCollections", "{'checkpoint_ids':['cp-z'],'collections':['_default']}")
            .body();
    Object first = ((List<?>) Json.parse(answer)).get(0);
    assertEquals(rev, ((Map<?, ?>) first).get("rev"));
  }

  @DisplayName("conformance 46, 92: a checkpoint that is too big is refused")
  @Test
  void hugeCheckpoint() {
    peer.asks("setCheckpoint", "x".repeat(1 << 20), "client", "cp-x", "rev", "").fails("HTTP", 413);
    peer.asks("getCheckpoint", "", "client", "cp-x").fails("HTTP", 404);
    peer.asks("getCheckpoint", "", "client", "x".repeat(10_000)).fails();
  }

  @DisplayName("conformance 33, 44: setCheckpoint as NoReply is done silently")
  @Test
  void silently() {
    peer.tells("setCheckpoint", "{'n':1}", "client", "cp-v", "rev", "");
    peer.tells("getCheckpoint", "", "client", "cp-v");
    peer.tells("setCheckpoint", "{'n':2}", "client", "cp-v", "rev", "wrong");
    Await.until(
        () -> "stored",
        () -> there.adapt(ReplicaDatabase.class).checkpoints().get("peer/cp-v") != null);
    peer.asks("getCheckpoint", "", "client", "cp-v").says("{'n':1}");
    peer.hearsNothingMore();
  }

  @DisplayName(
      "conformance 51: order kept; unknown is null, without checkpoint {}, with it body and rev")
  @Test
  void collections() {
    String rev = stored("cp-x", "{'b':2,'a':1}");
    peer.close();
    peer = nodes.client(endpoint);
    peer.asks(
            "getCollections",
            "{'checkpoint_ids':['c1','cp-x','c3','c4'],"
                + "'collections':['scopeA.things','_default','nope','inventory']}")
        .says("[{},{'b':2,'a':1,'rev':'" + rev + "'},null,{}]");
  }

  @DisplayName("conformance 52: _default, name, scope.name and _default.name are understood")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "_default",
        "_default._default",
        "inventory",
        "_default.inventory",
        "scopeA.things"
      })
  void spellings(String name) {
    peer.asks("getCollections", "{'checkpoint_ids':['a'],'collections':['" + name + "']}")
        .says("[{}]");
  }

  @DisplayName("conformance 51, 52: empty, unknown and illegal names are null, no error")
  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.b.c", "_x", "scopeA", "things", "Inventory", "../etc", "%", "ä"})
  void unknownNames(String name) {
    peer.asks("getCollections", "{'checkpoint_ids':['a'],'collections':['" + name + "']}")
        .says("[null]");
  }

  @DisplayName(
      "conformance 52: unequal lengths, empty lists, non-strings, duplicates are BLIP/400 (v16)")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "[]",
        "{}",
        "{'checkpoint_ids':[],'collections':[]}",
        "{'checkpoint_ids':['a','b'],'collections':['_default']}",
        "{'checkpoint_ids':['a'],'collections':['_default','inventory']}",
        "{'checkpoint_ids':['a']}",
        "{'collections':['_default']}",
        "{'checkpoint_ids':[5],'collections':['_default']}",
        "{'checkpoint_ids':['a'],'collections':[5]}",
        "{'checkpoint_ids':['a'],'collections':[null]}",
        "{'checkpoint_ids':'a','collections':'_default'}",
        "{'checkpoint_ids':['a','b'],'collections':['inventory','inventory']}",
        "{'checkpoint_ids':['a','b'],'collections':['inventory','_default.inventory']}",
        "{'checkpoint_ids':['a','b'],'collections':['_default','_default._default']}",
      })
  void malformedCollections(String body) {
    peer.asks("getCollections", body).fails("BLIP", 400);
  }

  @DisplayName("conformance 52: getCollections comes first and once, else BLIP/400 (v16)")
  @Test
  void onlyFirst() {
    String body = "{'checkpoint_ids':['a'],'collections':['_default']}";
    peer.asks("getCheckpoint", "", "client", "cp-x").fails("HTTP", 404);
    peer.asks("getCollections", body).fails("BLIP", 400);
    peer.close();
    peer = nodes.client(endpoint);
    peer.asks("getCollections", body).says("[{}]");
    peer.asks("getCollections", body).fails("BLIP", 400);
  }

  @DisplayName("conformance 53: after getCollections each request names its collection (v15, v16)")
  @ParameterizedTest
  @CsvSource({"2", "-1", "x", "''", "99999999999", "'1 '", "1.0", "9223372036854775808"})
  void wrongIndexes(String index) {
    peer.asks(
            "getCollections",
            "{'checkpoint_ids':['a','b'],'collections':['scopeA.things','_default']}")
        .says("[{},{}]");
    for (String profile :
        List.of(
            "proposeChanges",
            "subChanges",
            "changes",
            "rev",
            "getCheckpoint",
            "setCheckpoint",
            "getAttachment")) {
      peer.asks(profile, "[]", "collection", index, "client", "c").fails("HTTP", 400);
      peer.asks(profile, "[]", "client", "c").fails("HTTP", 400);
    }
    peer.asks("proposeChanges", "[]", "collection", "1").says("[]");
    peer.asks("getCheckpoint", "", "collection", "0", "client", "c").fails("HTTP", 404);
  }

  @DisplayName("conformance 53: without getCollections none does (v16)")
  @Test
  void indexOutOfPlace() {
    for (String profile :
        List.of(
            "proposeChanges",
            "subChanges",
            "changes",
            "rev",
            "getCheckpoint",
            "setCheckpoint",
            "getAttachment"))
      peer.asks(profile, "[]", "collection", "0", "client", "c").fails("HTTP", 400);
    peer.asks("proposeChanges", "[]").says("[]");
  }

  @DisplayName("conformance 51: a collection that is not shared cannot be used, the others can")
  @Test
  void nullCollection() {
    peer.asks("getCollections", "{'checkpoint_ids':['a','b'],'collections':['nope','_default']}")
        .says("[null,{}]");
    peer.asks("subChanges", "", "collection", "0").fails();
    peer.asks("proposeChanges", "[['a','1-aa']]", "collection", "0").fails();
    peer.asks("proposeChanges", "[]", "collection", "1").says("[]");
  }

  @DisplayName("conformance 53: where the default collection is not shared, old clients hear so")
  @Test
  void noDefaultCollection() {
    ScriptedPeer old =
        nodes.client(
            nodes.serve(
                new PassiveConfiguration(
                    List.of(there.createCollection("things", "scopeA")), false, true)));
    old.asks("getCheckpoint", "", "client", "cp-x").fails("BLIP", 400);
    old.isClosedWith(4002);
  }

  @DisplayName("conformance 38, 92: unknown, missing and odd profiles are BLIP/404 (v16)")
  @Test
  void unknownProfiles() {
    peer.asks("bogus", "").fails("BLIP", 404);
    peer.tells("bogus", "");
    peer.asks(Properties.of("foo", "bar"), "").fails("BLIP", 404);
    peer.asks(Properties.EMPTY, "").fails("BLIP", 404);
    for (String gateway : List.of("getRev", "putRev", "unsubChanges", "function", "PING"))
      peer.asks(gateway, "{}", "id", "a").fails("BLIP", 404);
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 105: a session closed on purpose says 4001 to the peer")
  @Test
  void closedOnPurpose() {
    nodes.session().close(4001, "back soon");
    peer.isClosedWith(4001);
  }

  @DisplayName("conformance 12: a close by the client is echoed")
  @Test
  void closeIsEchoed() {
    peer.closes(1000);
    peer.isClosedWith(1000);
    assertEquals(1000, Await.result(nodes.session().closed(), "the end").code());
  }
}
