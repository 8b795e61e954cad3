// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActivePushTest extends ActivePeer {
  private static final String DIGEST = "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=";

  private Heard proposes() {
    return server.hears("proposeChanges").with("conflictIncludesRev", "true");
  }

  private static List<String> ids(Heard rows) {
    List<String> ids = new ArrayList<>();
    for (Object row : (List<?>) rows.json()) ids.add((String) ((List<?>) row).get(0));
    return ids;
  }

  private static String parent(Heard rows, int index) {
    return (String) ((List<?>) ((List<?>) rows.json()).get(index)).get(2);
  }

  private void saveBlob(String id) {
    here.getDefaultCollection()
        .save(
            new MutableDocument(id)
                .setValue("b", new Blob("text/plain", ScriptedPeer.bytes("known blob"))));
  }

  @DisplayName(
      "conformance 71: proposeChanges with conflictIncludesRev, \"\" for no known revision (v01)")
  @Test
  void proposesAndSends() {
    save(here, "a", "{'v':1}");
    pushes();
    proposes()
        .with("collection", "0")
        .saying("[['a','" + rev(here, "a") + "','',7]]")
        .isAnswered("[]", "blobs", "true", "maxHistory", "50");
    server
        .hears("rev")
        .with("id", "a")
        .with("rev", rev(here, "a"))
        .with("noconflicts", "1")
        .with("collection", "0")
        .without("history")
        .without("deltaSrc")
        .saying("{'v':1}")
        .isAnswered();
    ends().withoutErrors();
  }

  @DisplayName("conformance 71: at most 200 rows a list, at most five lists unanswered")
  @Test
  void listsOfRows() {
    here.inBatch(() -> IntStream.range(0, 1300).forEach(i -> save(here, "d" + i, "{}")));
    pushes();
    Set<String> all = new HashSet<>();
    List<Heard> lists = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      lists.add(proposes());
      assertEquals(200, ids(lists.get(i)).size());
    }
    server.hearsNothingMore();
    String known = "[" + "304,".repeat(199) + "304]";
    for (int i = 0; i < 7; i++) {
      Heard list = i < 5 ? lists.get(i) : proposes();
      all.addAll(ids(list));
      list.isAnswered(known);
    }
    ends().withoutErrors();
    assertEquals(1300, all.size());
  }

  @DisplayName("conformance 73, 94: 0 and what is left out is sent, 304 and refusals are not")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[];a b c",
        "[0,0,0];a b c",
        "[304,0,304];b",
        "[304,304,304];",
        "[0];a b c",
        "[403];b c",
        "[404,500,503];",
        "[{'status':304},{'status':0},{'status':403}];b",
        "[0,0,0,304,409];a b c",
        "nonsense;a b c",
        "{};a b c",
      })
  void judgements(String answer, String sent) {
    for (String id : List.of("a", "b", "c")) save(here, id, "{}");
    pushes();
    proposes().isAnswered(answer, "blobs", "true");
    if (sent != null)
      for (String id : sent.split(" ")) server.hears("rev").with("id", id).isAnswered();
    ends();
  }

  @DisplayName("conformance 73: statuses other than 0, 304, 409 are document errors with that code")
  @ParameterizedTest
  @ValueSource(ints = {403, 404, 500, 503})
  void refusedRows(int status) {
    save(here, "a", "{}");
    pushes();
    proposes().isAnswered("[" + status + "]");
    ends();
    assertEquals(status, run.error("a").getCode());
  }

  @DisplayName("conformance 73: what the server has already is remembered")
  @Test
  void known() {
    save(here, "a", "{}");
    String first = rev(here, "a");
    pushes();
    proposes().isAnswered("[304]");
    ends();
    save(here, "a", "{'v':2}");
    start(configuration(ReplicatorType.PUSH));
    server.hears("getCollections").isAnswered("[{'local':1,'rev':'1-cc'}]");
    assertEquals(first, parent(proposes(), 0));
  }

  @DisplayName(
      "conformance 71: an acknowledged revision is named as the server's in the next proposal")
  @Test
  void namesWhatTheServerHolds() {
    save(here, "a", "{}");
    String first = rev(here, "a");
    startFresh(configuration(ReplicatorType.PUSH).setContinuous(true));
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").isAnswered();
    savesCheckpoint();
    save(here, "a", "{'v':2}");
    Heard next = proposes();
    assertEquals(first, parent(next, 0));
    next.isAnswered("[]");
    server.hears("rev").with("history", first);
  }

  @DisplayName("conformance 71: a document is under way once; a later edit waits for the answer")
  @Test
  void onceAtATime() {
    save(here, "a", "{'v':1}");
    startFresh(configuration(ReplicatorType.PUSH).setContinuous(true));
    proposes().isAnswered("[]", "blobs", "true");
    Heard first = server.hears("rev").with("id", "a");
    save(here, "a", "{'v':2}");
    save(here, "a", "{'v':3}");
    server.hearsNothingMore();
    first.isAnswered();
    proposes().isAnswered("[]");
    server.hears("rev").with("rev", rev(here, "a")).saying("{'v':3}").isAnswered();
  }

  @DisplayName(
      "conformance 94: a revision that changed before it was sent is not sent, the new one is proposed")
  @Test
  void changedBeforeItWasSent() {
    save(here, "a", "{'v':1}");
    startFresh(configuration(ReplicatorType.PUSH).setContinuous(true));
    Heard first = proposes();
    save(here, "a", "{'v':2}");
    first.isAnswered("[]", "blobs", "true");
    Heard second = proposes();
    assertEquals(List.of("a"), ids(second));
    second.isAnswered("[]");
    server.hears("rev").with("rev", rev(here, "a")).saying("{'v':2}").isAnswered();
  }

  @DisplayName(
      "conformance 75: history to the revision the server holds, at most maxHistory together")
  @ParameterizedTest
  @CsvSource({"50,4", "3,2", "1,0", "0,0", "-1,0", "x,4"})
  void history(String maxHistory, int ancestors) {
    for (int i = 0; i < 5; i++) save(here, "a", "{'i':" + i + "}");
    pushes();
    proposes().isAnswered("[]", "maxHistory", maxHistory, "blobs", "true");
    Heard revision = server.hears("rev");
    if (ancestors == 0) revision.without("history");
    else assertEquals(ancestors, revision.property("history").split(",").length);
    revision.isAnswered();
    ends();
  }

  @DisplayName("conformance 76: tombstones carry deleted=1 and {}")
  @Test
  void tombstones() {
    save(here, "a", "{'v':1}");
    delete(here, "a");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").with("deleted", "1").saying("{}").isAnswered();
    ends();
  }

  @DisplayName("conformance 77: HTTP/403 once more, then a permanent error")
  @Test
  void forbidden() {
    save(here, "a", "{}");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").isRefused("HTTP", 403);
    server.hears("rev").with("id", "a").isRefused("HTTP", 403);
    ends();
    assertEquals(403, run.error("a").getCode());
    assertFalse(run.error("a").isTransient());
  }

  @DisplayName("conformance 77: HTTP/403 once more, which may help")
  @Test
  void forbiddenOnce() {
    save(here, "a", "{}");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").isRefused("HTTP", 403);
    server.hears("rev").isAnswered();
    ends().withoutErrors();
  }

  @DisplayName("conformance 77: 422, LiteCore/31 and 32: the whole body at once, and once")
  @ParameterizedTest
  @CsvSource({"HTTP,422", "LiteCore,31", "LiteCore,32"})
  void deltaProblems(String domain, int code) {
    save(here, "a", "{'v':1}");
    pushes();
    proposes().isAnswered("[]", "blobs", "true", "deltas", "true");
    server.hears("rev").isRefused(domain, code);
    server.hears("rev").without("deltaSrc").saying("{'v':1}").isRefused(domain, code);
    ends();
    assertEquals(code, run.error("a").getCode());
  }

  @DisplayName(
      "conformance 77: 502, 503, 504, 429, 408 are transient: pushed again by the next run")
  @ParameterizedTest
  @ValueSource(ints = {502, 503, 504, 429, 408})
  void transientErrors(int status) {
    save(here, "a", "{}");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").isRefused("HTTP", status);
    closes();
    assertTrue(run.error("a").isTransient());
    pushes();
    assertEquals(List.of("a"), ids(proposes()));
  }

  @DisplayName("conformance 77: all others are permanent and completed")
  @ParameterizedTest
  @CsvSource({
    "HTTP,409",
    "HTTP,400",
    "HTTP,404",
    "HTTP,500",
    "LiteCore,8",
    "LiteCore,4",
    "BLIP,501",
    "odd,7"
  })
  void permanentErrors(String domain, int code) {
    save(here, "a", "{}");
    save(here, "b", "{}");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    server.hears("rev").isRefused(domain, code);
    server.hears("rev").isAnswered();
    Map<?, ?> saved = (Map<?, ?>) savesCheckpoint().json();
    assertEquals(2L, saved.get("local"));
    closes();
    assertEquals(code, run.error("a").getCode());
    assertFalse(run.error("a").isTransient());
  }

  @DisplayName("conformance 77: an error to the whole proposal ends the run")
  @ParameterizedTest
  @CsvSource({"HTTP,403,HTTP", "HTTP,400,HTTP", "BLIP,404,PEER", "LiteCore,26,PEER"})
  void refusedProposals(String domain, int code, Domain reported) {
    save(here, "a", "{}");
    pushes();
    proposes().isRefused(domain, code);
    server.isClosedWith(4002);
    run.fails(reported, code);
  }

  @DisplayName("conformance 77, 11: HTTP/503 to a proposal closes with 4001 and is transient")
  @Test
  void busyServer() {
    save(here, "a", "{}");
    pushes();
    proposes().isRefused("HTTP", 503);
    server.isClosedWith(4001);
    assertTrue(run.fails(Domain.HTTP, 503).isTransient());
  }

  @DisplayName(
      "conformance 78: getAttachment and proveAttachment are answered while the rev waits (v01)")
  @Test
  void attachments() {
    saveBlob("a");
    pushes();
    proposes().isAnswered("[]", "blobs", "true");
    Heard revision = server.hears("rev").wantsAnswer();
    asks("getAttachment", "", "digest", DIGEST, "docID", "a")
        .saysBytes(ScriptedPeer.bytes("known blob"));
    asks("proveAttachment", "nonce1234567890AB", "digest", DIGEST)
        .saysBytes(ScriptedPeer.bytes("sha1-759wgVVbq6qtdYARCIiyIkhQWDc="));
    asks("getAttachment", "", "digest", "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=").fails("LiteCore", 7);
    asks("getAttachment", "", "digest", "x").fails("LiteCore", 9);
    asks("proveAttachment", "", "digest", DIGEST).fails("BLIP", 400);
    revision.isAnswered();
    ends().withoutErrors();
  }

  @DisplayName("conformance 79: _attachments with revpos only if the peer did not say blobs (v02)")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shadows(boolean knowsBlobs) {
    saveBlob("a");
    pushes();
    if (knowsBlobs) proposes().isAnswered("[]", "blobs", "true");
    else proposes().isAnswered("[]");
    Heard revision = server.hears("rev");
    Map<?, ?> body = (Map<?, ?>) revision.json();
    if (knowsBlobs) assertFalse(body.containsKey("_attachments"));
    else {
      Map<?, ?> shadow = (Map<?, ?>) ((Map<?, ?>) body.get("_attachments")).get("blob_/b");
      assertEquals(1L, shadow.get("revpos"));
      assertEquals(true, shadow.get("stub"));
      assertEquals(DIGEST, shadow.get("digest"));
    }
    revision.isAnswered();
    ends();
  }

  // 409.

  /** Two revisions here, of which the server holds the first without our knowing it. */
  private String twoRevisions() {
    save(here, "a", "{'v':1}");
    String first = rev(here, "a");
    save(here, "a", "{'v':2}");
    return first;
  }

  @DisplayName("conformance 74: on 409 with an ancestor of ours the proposal is repeated with it")
  @Test
  void conflictWithAncestor() {
    String first = twoRevisions();
    pushes();
    proposes().isAnswered("[{'status':409,'rev':'" + first + "'}]");
    Heard again = proposes();
    assertEquals(first, parent(again, 0));
    again.isAnswered("[]", "blobs", "true");
    server.hears("rev").with("history", first).isAnswered();
    ends().withoutErrors();
  }

  @DisplayName("conformance 74: a server that answers so for ever is not asked for ever")
  @Test
  void conflictWithAncestorForEver() {
    String first = twoRevisions();
    pushes();
    proposes().isAnswered("[{'status':409,'rev':'" + first + "'}]");
    proposes().isAnswered("[{'status':409,'rev':'" + first + "'}]");
    ends();
    assertEquals(409, run.error("a").getCode());
  }

  @DisplayName("conformance 74: push-only reports HTTP/409")
  @ParameterizedTest
  @ValueSource(strings = {"[409]", "[{'status':409,'rev':'9-ff'}]", "[{'status':409}]"})
  void conflictPushOnly(String answer) {
    save(here, "a", "{}");
    pushes();
    proposes().isAnswered(answer);
    ends();
    assertEquals(409, run.error("a").getCode());
    assertFalse(run.error("a").isTransient());
  }

  @DisplayName(
      "conformance 74, 83: with pull, a conflict is pulled, resolved and pushed as child of theirs (v06)")
  @Test
  void conflictThatIsPulled() {
    save(here, "a", "{'v':1}");
    save(here, "a", "{'v':2}");
    startFresh(configuration(ReplicatorType.PUSH_AND_PULL).setContinuous(true));
    server.hears("subChanges").isAnswered();
    proposes().isAnswered("[{'status':409,'rev':'1-bb'}]");
    announces("[[1,'a','1-bb']]").comes();
    sends("a", "1-bb", 1, "{'v':'theirs'}").saysNothing();
    caughtUp();
    Heard child = proposes();
    assertEquals("1-bb", parent(child, 0));
    child.isAnswered("[]", "blobs", "true");
    server.hears("rev").with("id", "a").with("history", "1-bb").saying("{'v':2}").isAnswered();
    run.withoutErrors();
  }

  @DisplayName(
      "conformance 74: a 409 that comes when the pull half has settled it already is no error")
  @Test
  void conflictThatIsSettledAlready() {
    save(here, "a", "{'v':1}");
    startFresh(configuration(ReplicatorType.PUSH_AND_PULL));
    server.hears("subChanges").isAnswered();
    Heard proposal = proposes();
    announces("[[1,'a','2-bb']]").comes();
    sends("a", "2-bb", 1, "{'v':'theirs'}", "history", "1-ff").saysNothing();
    caughtUp();
    proposal.isAnswered("[{'status':409,'rev':'2-bb'}]");
    ends().withoutErrors();
    assertEquals("2-bb {'v':'theirs'}", stored("a"));
  }

  @DisplayName(
      "conformance 74: the announcement of an ancestor ends the wait, and it is proposed again")
  @Test
  void conflictWithWhatIsAnnouncedAsKnown() {
    String first = twoRevisions();
    startFresh(configuration(ReplicatorType.PUSH_AND_PULL).setContinuous(true));
    server.hears("subChanges").isAnswered();
    proposes().isAnswered("[{'status':409,'rev':'1-unknown00'}]");
    announces("[[1,'a','" + first + "']]").says("[]");
    caughtUp();
    assertEquals(List.of("a"), ids(proposes()));
  }

  @DisplayName(
      "conformance 74: what nobody resolved by the end is reported as HTTP/409 and stays pending")
  @Test
  void conflictThatNobodyResolves() {
    save(here, "a", "{}");
    startFresh(configuration(ReplicatorType.PUSH_AND_PULL));
    server.hears("subChanges").isAnswered();
    proposes().isAnswered("[{'status':409,'rev':'1-bb'}]");
    caughtUp();
    closes();
    assertEquals(409, run.error("a").getCode());
    assertEquals(Set.of("a"), run.replicator().getPendingDocumentIds(here.getDefaultCollection()));
  }

  @DisplayName(
      "conformance 96: 409 with an empty rev: a document error, and the edit stays pending")
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void conflictWithNothing(boolean pulls) {
    save(here, "a", "{}");
    ReplicatorType type = pulls ? ReplicatorType.PUSH_AND_PULL : ReplicatorType.PUSH;
    startFresh(configuration(type));
    if (pulls) server.hears("subChanges").isAnswered();
    proposes().isAnswered("[{'status':409,'rev':''}]");
    if (pulls) caughtUp();
    closes();
    assertEquals(409, run.error("a").getCode());
    assertEquals(Set.of("a"), run.replicator().getPendingDocumentIds(here.getDefaultCollection()));
    assertEquals(1, Nodes.content(here).size());
  }

  @DisplayName("conformance 94: over a whole run no revision is sent that no row of it announced")
  @Test
  void neverUnannounced() {
    for (int i = 0; i < 300; i++) save(here, "d" + i, "{}");
    pushes();
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Heard rows = proposes();
      StringBuilder answer = new StringBuilder("[");
      List<String> ids = ids(rows);
      for (int k = 0; k < ids.size(); k++) {
        int status = new int[] {0, 304, 409, 403, 0}[k % 5];
        if (status == 0) accepted.add(ids.get(k));
        answer.append(k == 0 ? "" : ",").append(status);
      }
      rows.isAnswered(answer.append(']').toString(), "blobs", "true");
    }
    int count = accepted.size();
    for (int i = 0; i < count; i++) {
      Heard revision = server.hears("rev");
      assertTrue(accepted.remove(revision.property("id")), revision::toString);
      revision.isAnswered();
    }
    ends();
  }
}
