// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.json.Json;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scripted client pulls. */
class PullDialogueTest {
  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");
  private final URLEndpoint endpoint = nodes.serve(there);
  private ScriptedPeer peer = nodes.client(endpoint);

  @AfterEach
  void close() {
    if (peer.isOpen()) {
      peer.asks("still there?", "").fails("BLIP", 404);
      peer.close();
    }
    nodes.close();
  }

  private void again() {
    peer.close();
    peer = nodes.client(endpoint);
  }

  private void subscribes(String... properties) {
    peer.asks("subChanges", "", properties).saysNothing();
  }

  private Heard caughtUp() {
    return peer.hears("changes").saying("[]").wantsNoAnswer();
  }

  private static List<String> ids(Heard changes) {
    List<String> ids = new ArrayList<>();
    for (Object row : (List<?>) Json.parse(changes.body()))
      ids.add((String) ((List<?>) row).get(1));
    return ids;
  }

  private String row(int sequence, String id, int deleted) {
    var change = Nodes.replica(there.getDefaultCollection()).change(id, null);
    return "["
        + sequence
        + ",'"
        + id
        + "','"
        + rev(there, id)
        + "',"
        + deleted
        + ","
        + change.bodySize()
        + "]";
  }

  @DisplayName("conformance 62: one empty changes when there is nothing at all")
  @Test
  void nothingAtAll() {
    subscribes();
    caughtUp();
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 60, 62: rows of five elements, then caught up, then what was asked for")
  @Test
  void rowsAndRevisions() {
    save(there, "a", "{'v':1}");
    save(there, "b", "{'v':1}");
    save(there, "b", "{'v':2}");
    save(there, "gone", "{'v':1}");
    delete(there, "gone");
    subscribes();
    Heard changes =
        peer.hears("changes")
            .saying("[" + row(1, "a", 0) + "," + row(3, "b", 0) + "," + row(5, "gone", 1) + "]");
    caughtUp();
    changes.isAnswered("[[],[],[]]", "maxHistory", "20", "blobs", "true");
    peer.hears("rev")
        .with("id", "a")
        .with("rev", rev(there, "a"))
        .with("sequence", "1")
        .without("history")
        .without("deleted")
        .without("noconflicts")
        .saying("{'v':1}");
    peer.hears("rev").with("id", "b").with("sequence", "3").saying("{'v':2}").property("history");
    peer.hears("rev").with("id", "gone").with("deleted", "1").saying("{}");
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 60: rows of at most 200, five lists unanswered, then silence")
  @Test
  void listsOfChanges() {
    there.inBatch(() -> IntStream.range(0, 1300).forEach(i -> save(there, "d" + i, "{}")));
    subscribes();
    List<Heard> lists = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lists.add(peer.hears("changes"));
      assertEquals(200, ids(lists.get(i)).size());
    }
    peer.hearsNothingMore();
    Set<String> all = new HashSet<>();
    for (Heard list : lists) {
      all.addAll(ids(list));
      list.isAnswered("[]");
    }
    for (int i = 0; i < 2; i++) {
      Heard list = peer.hears("changes");
      all.addAll(ids(list));
      list.isAnswered("[]");
    }
    caughtUp();
    assertEquals(1300, all.size());
  }

  @DisplayName("conformance 56: since is exclusive; anything but a plain number is from the start")
  @ParameterizedTest
  @CsvSource({
    "0,3",
    "1,2",
    "2,1",
    "3,0",
    "99,0",
    "'',3",
    "'\"2\"',3",
    "'\"20:5\"',3",
    "x,3",
    "-1,3",
    "1.5,3",
    "9223372036854775807,3",
    "99999999999999999999999,3",
    "null,3",
    "[2],3"
  })
  void since(String since, int rows) {
    for (String id : List.of("a", "b", "c")) save(there, id, "{}");
    subscribes("since", since);
    if (rows > 0) {
      Heard changes = peer.hears("changes");
      assertEquals(rows, ids(changes).size());
      changes.isAnswered("[]");
    }
    caughtUp();
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 56: absent versioning and rev-trees are accepted, others are 501 (v16)")
  @Test
  void versioning() {
    for (String odd : List.of("version-vectors", "nonsense"))
      peer.asks("subChanges", "", "versioning", odd).fails("LiteCore", 501);
    peer.asks("subChanges", "", "versioning", "rev-trees").saysNothing();
    caughtUp();
    again();
    peer.asks("subChanges", "").saysNothing();
    caughtUp();
  }

  @DisplayName("conformance 56: a filter is LiteCore/19; channels without filter are ignored (v16)")
  @Test
  void filters() {
    peer.asks("subChanges", "", "filter", "x").fails("LiteCore", 19);
    peer.asks("subChanges", "", "filter", "sync_gateway/bychannel", "channels", "a")
        .fails("LiteCore", 19);
    peer.asks("subChanges", "", "channels", "a,b").saysNothing();
    caughtUp();
  }

  @DisplayName("conformance 103: a second subscription is refused, not ignored")
  @Test
  void secondSubscription() {
    subscribes("since", "3");
    caughtUp();
    peer.asks("subChanges", "", "since", "2").fails();
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 56, 92: unknown properties and absurd values are no reason to fail")
  @Test
  void oddProperties() {
    subscribes("batch", "-7", "future", "true", "requestPlus", "x", "client_sgr2", "1", "", "");
    caughtUp();
  }

  @DisplayName("conformance 60: activeOnly leaves out tombstones, in the first listing")
  @Test
  void activeOnly() {
    save(there, "a", "{}");
    save(there, "gone", "{}");
    delete(there, "gone");
    subscribes("activeOnly", "true", "continuous", "true");
    Heard changes = peer.hears("changes");
    assertEquals(List.of("a"), ids(changes));
    caughtUp();
    changes.isAnswered("[]");
    delete(there, "a");
    Heard live = peer.hears("changes");
    assertEquals(List.of("a"), ids(live));
    live.isAnswered("[]");
  }

  @DisplayName("conformance 60: docIDs choose; odd ones match nothing, odd bodies everything")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'docIDs':['a','c','x']};2",
        "{'docIDs':[]};0",
        "{'docIDs':[5,null,'b']};1",
        "{'docIDs':'a'};3",
        "{'docIDs':{}};3",
        "[];3",
        "nonsense;3",
        "{;3",
      })
  void documentIDs(String body, int rows) {
    for (String id : List.of("a", "b", "c")) save(there, id, "{}");
    peer.asks("subChanges", body).saysNothing();
    if (rows > 0) {
      Heard changes = peer.hears("changes");
      assertEquals(rows, ids(changes).size());
      changes.isAnswered("[]");
    }
    caughtUp();
  }

  @DisplayName(
      "conformance 59: answers shorter and longer than the rows, null, 0, statuses, odd ancestors")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[];",
        "[[]];a",
        "[0,[]];b",
        "[null,null,[]];c",
        "[[],[],[],[],[],[]];a b c",
        "[409,[],0];b",
        "['x',{},[]];c",
        "[['9-ff','foo',5,null,[]],0,0];a",
        "[[''],0];a",
      })
  void oddAnswers(String answer, String sent) {
    for (String id : List.of("a", "b", "c")) save(there, id, "{}");
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered(answer);
    if (sent != null) for (String id : sent.split(" ")) peer.hears("rev").with("id", id);
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 59: an answer that is an error or no list asks for nothing (v16)")
  @ParameterizedTest
  @ValueSource(strings = {"{}", "5", "nonsense", "{", "null", "''"})
  void noAnswers(String answer) {
    save(there, "a", "{}");
    subscribes("continuous", "true");
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered(answer);
    peer.hearsNothingMore();
    // The same document is told of again when it changes.
    save(there, "a", "{'v':2}");
    Heard next = peer.hears("changes");
    assertEquals(List.of("a"), ids(next));
    next.isRefused("HTTP", 500);
    peer.hearsNothingMore();
    save(there, "a", "{'v':3}");
    assertEquals(List.of("a"), ids(peer.hears("changes")));
  }

  @DisplayName("conformance 75: maxHistory bounds revision and history together (v16)")
  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,2", "0,0", "-5,0", "x,7", "-9223372036854775808,0", "50,7"})
  void maxHistory(String maxHistory, int ancestors) {
    for (int i = 0; i < 8; i++) save(there, "deep", "{'i':" + i + "}");
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered("[[]]", "maxHistory", maxHistory, "blobs", "true");
    Heard revision = peer.hears("rev").with("id", "deep");
    if (ancestors == 0) revision.without("history");
    else assertEquals(ancestors, revision.property("history").split(",").length);
  }

  @DisplayName("conformance 75: history ends at the newest ancestor the client named")
  @Test
  void historyToTheNewestAncestor() {
    List<String> revisions = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      save(there, "deep", "{'i':" + i + "}");
      revisions.add(rev(there, "deep"));
    }
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered("[['" + revisions.get(1) + "','" + revisions.get(2) + "']]");
    peer.hears("rev").with("history", revisions.get(3) + "," + revisions.get(2));
  }

  @DisplayName("conformance 60, 101: changed in between: norev 410; gone: norev 404 (v16)")
  @Test
  void changedMeanwhile() {
    save(there, "mv", "{'v':1}");
    save(there, "pg", "{'v':1}");
    String old = rev(there, "mv");
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    save(there, "mv", "{'v':2}");
    there.getDefaultCollection().purge("pg");
    changes.isAnswered("[[],[]]");
    peer.hears("norev")
        .with("id", "mv")
        .with("rev", old)
        .with("sequence", "1")
        .with("error", "410")
        .sayingNothing();
    peer.hears("norev").with("id", "pg").with("error", "404");
    peer.hearsNothingMore();
  }

  @DisplayName(
      "conformance 101: a document that changes under way is told of again, with its latest revision")
  @Test
  void changedUnderWay() {
    save(there, "mv", "{'v':1}");
    subscribes("continuous", "true");
    Heard changes = peer.hears("changes");
    caughtUp();
    save(there, "mv", "{'v':2}");
    save(there, "mv", "{'v':3}");
    peer.hearsNothingMore();
    changes.isAnswered("[[]]");
    peer.hears("norev").with("id", "mv").with("error", "410");
    Heard next = peer.hears("changes").saying("[" + row(3, "mv", 0) + "]");
    next.isAnswered("[[]]");
    peer.hears("rev").with("id", "mv").with("rev", rev(there, "mv")).saying("{'v':3}");
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 101: sequences never overtake a document that is held back")
  @Test
  void nothingIsToldBehindWhatWaits() {
    save(there, "mv", "{'v':1}");
    subscribes("continuous", "true");
    Heard changes = peer.hears("changes");
    caughtUp();
    save(there, "mv", "{'v':2}");
    save(there, "other", "{}");
    peer.hearsNothingMore();
    changes.isAnswered("[0]");
    peer.hears("changes").saying("[" + row(2, "mv", 0) + "," + row(3, "other", 0) + "]");
  }

  @DisplayName("conformance 101: a one-shot is not caught up while a changed document waits")
  @Test
  void oneShotWaitsForWhatWaits() {
    save(there, "mv", "{'v':1}");
    there.inBatch(() -> IntStream.range(0, 999).forEach(i -> save(there, "d" + i, "{}")));
    subscribes();
    List<Heard> lists = new ArrayList<>();
    for (int i = 0; i < 5; i++) lists.add(peer.hears("changes"));
    save(there, "mv", "{'v':2}");
    for (Heard list : lists.subList(1, 5)) list.isAnswered("[]");
    peer.hearsNothingMore();
    lists.get(0).isAnswered("[[]]");
    Set<String> rest = new HashSet<>();
    peer.hears("norev").with("id", "mv");
    Heard last = peer.hears("changes");
    rest.addAll(ids(last));
    assertTrue(rest.contains("mv"), () -> "" + rest);
    last.isAnswered("[]");
    caughtUp();
  }

  @DisplayName("conformance 60, 101: live changes, deletions included")
  @Test
  void liveChanges() {
    subscribes("continuous", "true");
    caughtUp();
    save(there, "a", "{'v':1}");
    Heard first = peer.hears("changes");
    assertEquals(List.of("a"), ids(first));
    first.isAnswered("[[]]");
    peer.hears("rev").with("id", "a").saying("{'v':1}");
    delete(there, "a");
    Heard second = peer.hears("changes");
    second.isAnswered("[[]]");
    peer.hears("rev").with("id", "a").with("deleted", "1").saying("{}");
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 60: a one-shot subscription ends with caught up")
  @Test
  void oneShotIsOver() {
    subscribes();
    caughtUp();
    save(there, "later", "{}");
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 60: no document is listed twice in one list")
  @Test
  void noDocumentTwice() {
    for (int i = 0; i < 50; i++) save(there, "d" + i % 7, "{'i':" + i + "}");
    subscribes();
    List<String> ids = ids(peer.hears("changes"));
    assertEquals(7, ids.size());
    assertEquals(7, new HashSet<>(ids).size());
  }

  @DisplayName(
      "conformance 60: what this client has just pushed need not be told; what others push is")
  @Test
  void echoes() {
    subscribes("continuous", "true");
    caughtUp();
    peer.asks("proposeChanges", "[['mine','1-aa']]").says("[]");
    peer.asks("rev", "{}", "id", "mine", "rev", "1-aa").saysNothing();
    save(there, "theirs", "{}");
    Heard changes = peer.hears("changes");
    // An echo would be declined by a client; at least it must not hide the other.
    if (!ids(changes).contains("theirs")) changes = peer.hears("changes");
    assertTrue(ids(changes).contains("theirs"));
  }

  @DisplayName("conformance 70: bodies are objects, never empty, never deltas nobody asked for")
  @Test
  void bodiesAreObjects() {
    save(there, "a", "{'text':'" + "long ".repeat(100) + "'}");
    String first = rev(there, "a");
    save(there, "a", "{'text':'" + "long ".repeat(100) + "!'}");
    save(there, "empty", "{}");
    save(there, "gone", "{}");
    delete(there, "gone");
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered("[['" + first + "'],[],[]]", "deltas", "true", "blobs", "true");
    for (int i = 0; i < 3; i++) {
      Heard revision = peer.hears("rev").without("deltaSrc");
      assertTrue(Json.parse(revision.body()) instanceof Map, revision::toString);
    }
    peer.hearsNothingMore();
  }

  @DisplayName(
      "conformance 78, 79: blobs with shadows for a client that does not know them, else without")
  @Test
  void shadowsForOldClients() {
    Blob blob = new Blob("text/plain", "known blob".getBytes());
    there.getDefaultCollection().save(new MutableDocument("pic").setValue("pic", blob));
    for (boolean knows : new boolean[] {true, false}) {
      subscribes();
      Heard changes = peer.hears("changes");
      caughtUp();
      if (knows) changes.isAnswered("[[]]", "blobs", "true");
      else changes.isAnswered("[[]]");
      Heard revision = peer.hears("rev").wantsAnswer();
      boolean shadowed = ((Map<?, ?>) Json.parse(revision.body())).containsKey("_attachments");
      if (knows) assertFalse(shadowed);
      else assertTrue(shadowed);
      peer.asks("getAttachment", "", "digest", "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=", "docID", "pic")
          .saysBytes("known blob".getBytes());
      revision.isAnswered();
      again();
    }
  }

  @DisplayName("conformance 77: a client's refusal of a revision is final for the passive side")
  @ParameterizedTest
  @CsvSource({"HTTP,403", "HTTP,404", "HTTP,422", "HTTP,503", "LiteCore,7", "BLIP,501"})
  void refusedRevisions(String domain, int code) {
    Blob blob = new Blob("text/plain", "known blob".getBytes());
    there.getDefaultCollection().save(new MutableDocument("pic").setValue("pic", blob));
    subscribes("continuous", "true");
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered("[[]]", "blobs", "true");
    peer.hears("rev").isRefused(domain, code);
    peer.hearsNothingMore();
    save(there, "pic", "{'v':2}");
    assertEquals(List.of("pic"), ids(peer.hears("changes")));
  }

  @DisplayName("conformance 81: from a read-only listener is pulled as from any other")
  @Test
  void readOnly() {
    save(there, "a", "{}");
    peer.close();
    peer =
        nodes.client(
            nodes.serve(
                new PassiveConfiguration(List.of(there.getDefaultCollection()), true, false)));
    peer.asks("proposeChanges", "[['n1','1-aa']]").fails("HTTP", 403);
    peer.asks("proposeChanges", "[]").fails("HTTP", 403);
    peer.tells("proposeChanges", "[]");
    peer.asks("changes", "[[1,'n1','1-aa']]").fails("HTTP", 403);
    peer.asks("rev", "{}", "id", "n1", "rev", "1-aa").fails("HTTP", 403);
    subscribes();
    Heard changes = peer.hears("changes");
    caughtUp();
    changes.isAnswered("[[]]");
    peer.hears("rev").with("id", "a");
  }

  @DisplayName("conformance 53: in several collections each message names its own")
  @Test
  void severalCollections() {
    var things = there.createCollection("things", "scope");
    save(there, "a", "{}");
    save(things, "b", "{}");
    peer.close();
    peer =
        nodes.client(
            nodes.serve(
                new PassiveConfiguration(
                    List.of(there.getDefaultCollection(), things), false, true)));
    peer.asks(
            "getCollections",
            "{'checkpoint_ids':['a','b'],'collections':['scope.things','_default']}")
        .says("[{},{}]");
    subscribes("collection", "0");
    Heard changes = peer.hears("changes").with("collection", "0");
    assertEquals(List.of("b"), ids(changes));
    caughtUp().with("collection", "0");
    changes.isAnswered("[[]]");
    peer.hears("rev").with("id", "b").with("collection", "0");
    subscribes("collection", "1");
    peer.hears("changes").with("collection", "1");
  }
}
