// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Answer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivePullTest extends ActivePeer {
  private static final String DIGEST = "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=";
  private static final String BLOB =
      "{'b':{'@type':'blob','digest':'" + DIGEST + "','length':10,'content_type':'text/plain'}}";
  private static final byte[] KNOWN_BLOB = ScriptedPeer.bytes("known blob");

  @DisplayName("conformance 55: subChanges as tabled, into an empty database (v04)")
  @Test
  void subscribes() {
    startFresh(configuration(ReplicatorType.PULL));
    server
        .hears("subChanges")
        .without("since")
        .without("continuous")
        .with("batch", "200")
        .with("versioning", "rev-trees")
        .with("activeOnly", "true")
        .with("revocations", "true")
        .without("filter")
        .without("channels")
        .sayingNothing();
  }

  @DisplayName("conformance 55: continuous, channels, docIDs, no activeOnly where documents are")
  @Test
  void subscribesWithChoices() {
    save(here, "old", "{}");
    startFresh(
        configuration(
                ReplicatorType.PULL,
                new CollectionConfiguration(here.getDefaultCollection())
                    .setChannels(List.of("red", "blue"))
                    .setDocumentIDs(List.of("a", "b")))
            .setContinuous(true)
            .setAutoPurge(false));
    server
        .hears("subChanges")
        .with("continuous", "true")
        .with("filter", "sync_gateway/bychannel")
        .with("channels", "red,blue")
        .without("activeOnly")
        .without("revocations")
        .saying("{'docIDs':['a','b']}");
  }

  @DisplayName("conformance 55: a refused subscription ends the run")
  @ParameterizedTest
  @CsvSource({"LiteCore,501,PEER", "LiteCore,19,PEER", "HTTP,403,HTTP", "BLIP,404,PEER"})
  void refusedSubscription(String domain, int code, Domain reported) {
    startFresh(configuration(ReplicatorType.PULL));
    server.hears("subChanges").isRefused(domain, code);
    run.fails(reported, code);
  }

  @DisplayName("conformance 57: rows of 3, 4 and 5 elements; deletion is taken from the rev")
  @Test
  void rows() {
    pulls();
    announces(
            "[[1,'a','1-aa'],[2,'b','2-bb',0],[3,'c','1-cc',false,7],[4,'d','2-dd',1],[5,'e','2-ee',true]]")
        .says("[[],[],[],[],[]]");
    sends("a", "1-aa", 1, "{'v':1}").saysNothing();
    sends("b", "2-bb", 2, "{}", "deleted", "1", "history", "1-b1").saysNothing();
    sends("c", "1-cc", 3, "{}").saysNothing();
    sends("d", "2-dd", 4, "{}").saysNothing();
    sends("e", "2-ee", 5, "{}", "deleted", "true").saysNothing();
    caughtUp();
    ends().withoutErrors();
    assertEquals("2-bb deleted {}", stored("b"));
    assertEquals("2-dd {}", stored("d"));
    assertEquals("2-ee deleted {}", stored("e"));
  }

  @DisplayName("conformance 58: unknown revisions are asked for with ancestors, known ones refused")
  @Test
  void wants() {
    save(here, "known", "{}");
    save(here, "older", "{'v':1}");
    String first = rev(here, "older");
    save(here, "older", "{'v':2}");
    String second = rev(here, "older");
    pulls();
    announces(
            "[[1,'new','1-aa'],[2,'known','"
                + rev(here, "known")
                + "'],[3,'older','3-cc'],"
                + "[4,'older2','1-aa'],[5,'known','"
                + rev(here, "known")
                + "']]")
        .says("[[],0,['" + second + "','" + first + "'],[]]")
        .with("maxHistory", "50")
        .with("blobs", "true");
    announces("[[6,'older','" + first + "'],[7,'known','" + rev(here, "known") + "']]").says("[]");
  }

  @DisplayName("conformance 104: deltas are offered once on a connection")
  @Test
  void deltasOnce() {
    pulls();
    announces("[[1,'a','1-aa']]").with("deltas", "true");
    announces("[[2,'b','1-aa']]").with("deltas", null).with("blobs", "true");
  }

  @DisplayName(
      "conformance 61: an early caught up is no end; only when all that was asked for is here")
  @Test
  void finishesWhenAllIsHere() {
    pulls();
    Answer wanted = announces("[[1,'a','1-aa'],[2,'b','1-bb'],[3,'c','1-cc']]");
    caughtUp();
    wanted.says("[[],[],[]]");
    server.hearsNothingMore();
    sends("c", "1-cc", 3, "{}").saysNothing();
    tells("norev", "", "id", "b", "rev", "1-bb", "sequence", "2", "error", "404");
    server.hearsNothingMore();
    assertTrue(server.isOpen());
    sends("a", "1-aa", 1, "{}").saysNothing();
    savesCheckpoint();
    closes();
    assertEquals(404, run.error("b").getCode());
    assertEquals(Set.of("a", "c"), Nodes.content(here).keySet());
  }

  @DisplayName("conformance 61: not without caught up either")
  @Test
  void waitsForCaughtUp() {
    pulls();
    announces("[[1,'a','1-aa']]").says("[[]]");
    sends("a", "1-aa", 1, "{}").saysNothing();
    server.hearsNothingMore();
    assertTrue(server.isOpen());
    caughtUp();
    ends();
  }

  @DisplayName(
      "conformance 61: a norev without error, as a request, of something else, is survived")
  @Test
  void oddNorevs() {
    pulls();
    announces("[[1,'a','1-aa']]").says("[[]]");
    asks("norev", "").saysNothing();
    asks("norev", "", "id", "x", "rev", "1-aa").saysNothing();
    asks("norev", "", "id", "a", "rev", "1-aa", "error", "nonsense").saysNothing();
    caughtUp();
    ends();
  }

  @DisplayName("conformance 62: any number of empty changes at any time, asked or told")
  @Test
  void manyTimesCaughtUp() {
    startFresh(configuration(ReplicatorType.PULL).setContinuous(true));
    Heard subscription = server.hears("subChanges");
    caughtUp();
    subscription.isAnswered();
    announces("[]").comes();
    caughtUp();
    announces("[[1,'a','1-aa']]").says("[[]]");
    caughtUp();
    sends("a", "1-aa", 1, "{}").saysNothing();
    announces("[]").comes();
    run.rests();
    assertEquals("1-aa {}", stored("a"));
  }

  @DisplayName("conformance 63: rev and changes as NoReply are taken without an answer")
  @Test
  void noReplies() {
    pulls();
    announces("[[1,'a','1-aa'],[2,'b','1-bb']]").says("[[],[]]");
    tells("rev", "{'v':1}", "id", "a", "rev", "1-aa", "sequence", "1");
    tells("rev", "{'v':2}", "id", "b", "rev", "1-bb", "sequence", "2");
    caughtUp();
    ends().withoutErrors();
    assertEquals("1-bb {'v':2}", stored("b"));
  }

  @DisplayName("conformance 64: flags 2, 3, 4 and 6 purge here, 5 is a tombstone")
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6})
  void withdrawn(int flags) {
    save(here, "a", "{}");
    pulls();
    announces("[[1,'a','" + rev(here, "a") + "'," + flags + "],[2,'never','1-aa'," + flags + "]]")
        .says("[]");
    caughtUp();
    ends();
    assertNull(stored("a"));
    assertEquals(Set.of(DocumentFlag.ACCESS_REMOVED), run.pulled().get(0).flags());
  }

  @DisplayName("conformance 64: nothing is purged if that is not wished")
  @Test
  void withdrawnButKept() {
    save(here, "a", "{}");
    startFresh(configuration(ReplicatorType.PULL).setAutoPurge(false));
    server.hears("subChanges").isAnswered();
    announces("[[1,'a','2-bb',4]]").says("[]");
    caughtUp();
    ends();
    assertTrue(stored("a").endsWith(" {}"));
  }

  @DisplayName("conformance 64: flag 5 is a plain tombstone, asked for")
  @Test
  void tombstoneAndRemoval() {
    save(here, "a", "{}");
    String first = rev(here, "a");
    pulls();
    announces("[[1,'a','2-bb',5]]").says("[['" + first + "']]");
    sends("a", "2-bb", 1, "{}", "deleted", "1", "history", first).saysNothing();
    caughtUp();
    ends();
    assertEquals("2-bb deleted {}", stored("a"));
  }

  @DisplayName("conformance 64: _removed:true purges")
  @Test
  void removed() {
    save(here, "a", "{}");
    pulls();
    announces("[[1,'a','2-bb']]").comes();
    sends("a", "2-bb", 1, "{'_removed':true}").saysNothing();
    caughtUp();
    ends();
    assertNull(stored("a"));
    assertEquals(Set.of(DocumentFlag.ACCESS_REMOVED), run.pulled().get(0).flags());
  }

  @DisplayName(
      "conformance 65: malformed revisions, missing sequences, bad histories; the others go on")
  @Test
  void malformedRevisions() {
    pulls();
    announces(
            "[[1,'a','1-ABC'],[2,'b','1-bb'],[3,'c','3-cc'],[4,'d','1-dd'],[5,'e','1-ee'],[6,'_f','1-ff'],[7,'g','1-aa']]")
        .says("[[],[],[],[],[],[],[]]");
    sends("a", "1-ABC", 1, "{}").fails("HTTP", 400);
    asks("rev", "{}", "id", "b", "rev", "1-bb").fails("HTTP", 400);
    sends("c", "3-cc", 3, "{}", "history", "1-aa").fails("LiteCore", 4);
    sends("d", "1-dd", 4, "[]").fails("LiteCore", 5);
    sends("e", "1-ee", 5, "").fails("LiteCore", 5);
    sends("_f", "1-ff", 6, "{}").fails("LiteCore", 29);
    sends("unheard", "1-aa", 9, "{}").fails();
    sends("", "1-aa", 9, "{}").fails("HTTP", 400);
    sends("g", "", 9, "{}").fails("HTTP", 400);
    sends("g", "1-aa", 7, "{'fine':true}").saysNothing();
    caughtUp();
    ends();
    assertEquals(Set.of("g"), Nodes.content(here).keySet());
    for (String id : List.of("a", "b", "c", "d", "e", "_f")) run.error(id);
  }

  @DisplayName(
      "conformance 66: blobs are fetched before the revision is answered, once, if not held")
  @Test
  void blobs() {
    here.saveBlob(new Blob("text/plain", ScriptedPeer.bytes("Hello blob")));
    String held = "sha1-" + "kbcLiLcSVwhF+n5OPUwjqghORps=";
    pulls();
    announces("[[1,'a','1-aa'],[2,'b','1-bb'],[3,'c','1-cc']]").comes();
    Answer first = sends("a", "1-aa", 1, BLOB);
    Answer second = sends("b", "1-bb", 2, BLOB.replace(DIGEST, held));
    sends("c", "1-cc", 3, "{}").saysNothing();
    Heard request =
        server
            .hears("getAttachment")
            .with("digest", DIGEST)
            .with("docID", "a")
            .with("collection", "0");
    server.hearsNothingMore();
    assertFalse(first.hasCome() || second.hasCome());
    request.isAnswered(KNOWN_BLOB);
    first.saysNothing();
    second.saysNothing();
    caughtUp();
    ends().withoutErrors();
  }

  @DisplayName("conformance 66: a missing or damaged blob fails its document only")
  @Test
  void missingBlobs() {
    String other = "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    pulls();
    announces("[[1,'a','1-aa'],[2,'b','1-bb'],[3,'c','1-cc']]").comes();
    Answer missing = sends("a", "1-aa", 1, BLOB);
    server.hears("getAttachment").isRefused("HTTP", 404);
    missing.fails("HTTP", 404);
    Answer damaged = sends("b", "1-bb", 2, BLOB.replace(DIGEST, other));
    server.hears("getAttachment").isAnswered(KNOWN_BLOB);
    damaged.fails("LiteCore", 15);
    sends("c", "1-cc", 3, "{}").saysNothing();
    caughtUp();
    ends();
    assertEquals(Set.of("c"), Nodes.content(here).keySet());
    assertEquals(404, run.error("a").getCode());
    assertEquals(15, run.error("b").getCode());
  }

  @DisplayName(
      "conformance 66: losing the connection while blobs come is no fault of the documents")
  @Test
  void lostWithBlobsOpen() {
    pulls();
    StringBuilder rows = new StringBuilder("[[0,'d0','1-aa']");
    for (int i = 1; i < 200; i++)
      rows.append(",[").append(i).append(",'d").append(i).append("','1-aa']");
    announces(rows.append(']').toString()).comes();
    for (int i = 0; i < 200; i++) {
      String digest = "sha1-" + String.format("%026d", i) + "A=";
      sends("d" + i, "1-aa", i, BLOB.replace(DIGEST, digest));
    }
    server.hears("getAttachment");
    server.closes(4001);
    assertEquals(4001, run.stops().error().getCode());
    run.withoutErrors();
  }

  @DisplayName(
      "conformance 67: keys that begin with _ are dropped, blob_ attachments become plain blobs")
  @Test
  void reservedKeys() {
    pulls();
    announces("[[1,'a','1-aa'],[2,'b','1-bb'],[3,'c','1-cc']]").comes();
    sends("a", "1-aa", 1, "{'_id':'x','_rev':'y','_foo':1,'n':{'_y':1}}").saysNothing();
    Answer shadowed =
        sends(
            "b",
            "1-bb",
            2,
            BLOB.substring(0, BLOB.length() - 1)
                + ",'_attachments':{'blob_/b':{'digest':'"
                + DIGEST
                + "','stub':true,'length':10}}}");
    server.hears("getAttachment").isAnswered(KNOWN_BLOB);
    shadowed.saysNothing();
    sends("c", "1-cc", 3, "{'_attachments':{'old':{'digest':'x'}}}").saysNothing();
    caughtUp();
    ends();
    assertEquals("1-aa {'n':{'_y':1}}", stored("a"));
    assertFalse(stored("b").contains("_attachments"), stored("b"));
    assertEquals("1-cc {'_attachments':{'old':{'digest':'x'}}}", stored("c"));
  }

  @DisplayName(
      "conformance 68: answers to changes wait while much is on its way, and come in the end")
  @Test
  void backPressure() {
    pulls();
    int lists = 12;
    List<Answer> answers = new ArrayList<>();
    for (int list = 0; list < lists; list++) {
      StringBuilder rows = new StringBuilder("[");
      for (int i = 0; i < 200; i++) {
        int n = list * 200 + i;
        rows.append(i == 0 ? "" : ",")
            .append("[")
            .append(n + 1)
            .append(",'d")
            .append(n)
            .append("','1-aa']");
      }
      answers.add(announces(rows.append(']').toString()));
    }
    caughtUp();
    server.hearsNothingMore();
    assertTrue(answers.get(0).hasCome());
    assertFalse(answers.get(lists - 1).hasCome());
    for (int list = 0; list < lists; list++) {
      answers.get(list).comes();
      for (int i = list * 200; i < list * 200 + 200; i++)
        tells("rev", "{}", "id", "d" + i, "rev", "1-aa", "sequence", "" + (i + 1));
    }
    ends().withoutErrors();
    assertEquals(lists * 200, Nodes.content(here).size());
  }

  @DisplayName("conformance 69: a delta is applied (v05)")
  @Test
  void delta() {
    pulls();
    announces("[[1,'a','1-aa']]").comes();
    sends("a", "1-aa", 1, "{'n':1,'text':'kept'}").saysNothing();
    announces("[[2,'a','2-bb']]").says("[['1-aa']]");
    sends("a", "2-bb", 2, "{'n':2}", "history", "1-aa", "deltaSrc", "1-aa").saysNothing();
    caughtUp();
    ends().withoutErrors();
    assertEquals("2-bb {'n':2,'text':'kept'}", stored("a"));
  }

  @DisplayName(
      "conformance 69: any failure is HTTP/422, and the whole document is taken afterwards")
  @Test
  void badDelta() {
    pulls();
    announces("[[1,'a','1-aa']]").comes();
    sends("a", "1-aa", 1, "{'n':1}").saysNothing();
    announces("[[2,'a','2-bb'],[3,'new','2-cc']]").comes();
    sends("a", "2-bb", 2, "{'nokey':[]}", "history", "1-aa", "deltaSrc", "1-aa").fails("HTTP", 422);
    sends("new", "2-cc", 3, "{'n':1}", "history", "1-c1", "deltaSrc", "1-c1").fails("HTTP", 422);
    caughtUp();
    server.hearsNothingMore();
    assertTrue(server.isOpen());
    sends("a", "2-bb", 2, "{'whole':1}", "history", "1-aa").saysNothing();
    sends("new", "2-cc", 3, "{'whole':2}", "history", "1-c1").saysNothing();
    ends().withoutErrors();
    assertEquals("2-bb {'whole':1}", stored("a"));
    assertEquals("2-cc {'whole':2}", stored("new"));
  }

  @DisplayName("conformance 102: sequences may decrease; what was just pushed may be announced")
  @Test
  void lowerSequences() {
    startFresh(configuration(ReplicatorType.PUSH_AND_PULL).setContinuous(true));
    server.hears("subChanges").isAnswered();
    caughtUp();
    announces("[[9,'a','1-aa']]").comes();
    sends("a", "1-aa", 9, "{}").saysNothing();
    announces("[[4,'b','1-bb']]").comes();
    sends("b", "1-bb", 4, "{}").saysNothing();
    save(here, "mine", "{}");
    server.hears("proposeChanges").isAnswered("[]", "blobs", "true");
    server.hears("rev").with("id", "mine").isAnswered();
    announces("[[10,'mine','" + rev(here, "mine") + "',0,2]]").says("[]");
    assertEquals("1-bb {}", stored("b"));
  }

  @DisplayName("conformance 107: changes that cannot be read make the run fail visibly")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "nonsense",
        "[",
        "[5]",
        "[[1,'a']]",
        "[[1,'','1-aa']]",
        "[[null,'a','1-aa']]"
      })
  void unreadableChanges(String body) {
    pulls();
    announces(body).fails();
    assertEquals(Domain.PEER, run.stops().error().getDomain());
    server.isClosedWith(4002);
  }

  @DisplayName(
      "conformance 53: messages without the collection are HTTP/400, the connection goes on")
  @Test
  void collectionProperty() {
    pulls();
    server.asks("changes", "[[1,'a','1-aa']]").fails("HTTP", 400);
    server.asks("changes", "[[1,'a','1-aa']]", "collection", "1").fails("HTTP", 400);
    server.asks("changes", "[[1,'a','1-aa']]", "collection", "x").fails("HTTP", 400);
    announces("[[1,'a','1-aa']]").says("[[]]");
    sends("a", "1-aa", 1, "{}").saysNothing();
    caughtUp();
    ends();
  }

  @DisplayName("conformance 38, 92: requests that are none of a server's are refused, not fatal")
  @Test
  void oddRequests() {
    pulls();
    server.asks("bogus", "").fails("BLIP", 404);
    for (String profile : List.of("subChanges", "proposeChanges", "getCheckpoint", "setCheckpoint"))
      asks(profile, "[]").fails("LiteCore", 501);
    asks("getAttachment", "", "digest", DIGEST).fails("LiteCore", 7);
    caughtUp();
    closes();
  }

  @DisplayName("conformance 55: a push-only peer does not take changes")
  @Test
  void pushOnly() {
    startFresh(configuration(ReplicatorType.PUSH).setContinuous(true));
    run.rests();
    announces("[[1,'a','1-aa']]").fails("HTTP", 403);
    sends("a", "1-aa", 1, "{}").fails("HTTP", 403);
  }

  @DisplayName(
      "conformance 82, 84: a revision of another branch is adopted where nothing was edited")
  @Test
  void branchSwitch() {
    pulls();
    announces("[[1,'a','1-aa']]").comes();
    sends("a", "1-aa", 1, "{'v':1}").saysNothing();
    announces("[[2,'a','2-bb']]").comes();
    sends("a", "2-bb", 2, "{'v':2}", "history", "1-ff").saysNothing();
    caughtUp();
    ends().withoutErrors();
    assertEquals("2-bb {'v':2}", stored("a"));
  }
}
