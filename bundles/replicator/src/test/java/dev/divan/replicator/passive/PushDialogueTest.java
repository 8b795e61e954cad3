// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static dev.divan.replicator.testing.ScriptedPeer.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Answer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import dev.divan.testkit.await.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scripted client pushes. */
class PushDialogueTest {
  private static final String DIGEST = "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=";
  private static final byte[] KNOWN_BLOB = bytes("known blob");
  private static final String TEXT = "long enough text ".repeat(20);

  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");
  private ScriptedPeer peer = nodes.client(nodes.serve(there));

  @AfterEach
  void close() {
    // Whatever was asked before, a normal request still works (conformance 92).
    if (peer.isOpen()) {
      proposes("[['afterwards','1-aa']]").says("[]");
      pushes("afterwards", "1-aa", "{'fine':true}").saysNothing();
      peer.close();
    }
    nodes.close();
  }

  private Answer proposes(String rows) {
    return peer.asks("proposeChanges", rows, "conflictIncludesRev", "true");
  }

  private Answer pushes(String id, String rev, String body, String... properties) {
    return pushes(id, rev, bytes(body), properties);
  }

  private Answer pushes(String id, String rev, byte[] body, String... properties) {
    List<String> all = new ArrayList<>(List.of("id", id, "rev", rev, "noconflicts", "1"));
    all.addAll(List.of(properties));
    return peer.asks("rev", body, all.toArray(String[]::new));
  }

  /** Proposes, and pushes. */
  private Answer offers(
      String id, String rev, @Nullable String parent, String body, String... properties) {
    proposes("[['" + id + "','" + rev + "','" + (parent == null ? "" : parent) + "']]").says("[]");
    return pushes(id, rev, body, properties);
  }

  private @Nullable String stored(String id) {
    String found = content(there).get(id);
    return found == null ? null : found.replace('"', '\'');
  }

  @DisplayName("conformance 72: 0 for what is new, with and without a server revision")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "['n1','1-aa']",
        "['n1','1-aa','']",
        "['n1','2-aa','1-bb']",
        "['n1','1-aa',null,77]"
      })
  void newDocuments(String row) {
    proposes("[" + row + "]")
        .says("[]")
        .with("maxHistory", "50")
        .with("blobs", "true")
        .with("deltas", "true");
  }

  @DisplayName(
      "conformance 72: a document we do not have is accepted with its history (unlike 3.2.2)")
  @Test
  void purgedHere() {
    offers("n1", "3-cc", "2-bb", "{'v':3}", "history", "2-bb,1-aa").saysNothing();
    assertEquals("3-cc {'v':3}", stored("n1"));
  }

  @DisplayName(
      "conformance 72: 304 for what we have, child of current is 0, all else 409 with our revision")
  @Test
  void theRule() {
    save(there, "doc1", "{'v':1}");
    save(there, "doc2", "{'v':1}");
    String ancestor = rev(there, "doc2");
    save(there, "doc2", "{'v':2}");
    String current = rev(there, "doc2");
    save(there, "gone", "{}");
    delete(there, "gone");
    String tombstone = rev(there, "gone");
    String conflict = "[{'status':409,'rev':'" + current + "'}]";
    proposes("[['doc1','" + rev(there, "doc1") + "']]").says("[304]");
    proposes("[['doc2','" + current + "','" + ancestor + "']]").says("[304]");
    proposes("[['doc2','" + ancestor + "']]").says(conflict);
    proposes("[['doc2','3-aa','" + current + "']]").says("[]");
    proposes("[['doc2','2-aa','" + ancestor + "']]").says(conflict);
    proposes("[['doc2','1-aa']]").says(conflict);
    proposes("[['doc2','3-aa','nonsense']]").says(conflict);
    proposes("[['gone','1-aa']]").says("[]");
    proposes("[['gone','3-aa','" + tombstone + "']]").says("[]");
    proposes("[['gone','3-bb','2-bb']]").says("[{'status':409,'rev':'" + tombstone + "'}]");
    proposes("[['doc2','7-aa','" + current + "']]").says("[]");
    proposes(
            "[['n1','1-aa'],['doc1','"
                + rev(there, "doc1")
                + "'],['doc2','1-aa'],['n2','1-aa'],['n3','1-aa']]")
        .says("[0,304,{'status':409,'rev':'" + current + "'}]");
  }

  @DisplayName(
      "conformance 72: a plain 409 if no revision was asked for; an object for 1 as for true")
  @Test
  void conflictIncludesRev() {
    save(there, "doc1", "{'v':1}");
    String object = "[{'status':409,'rev':'" + rev(there, "doc1") + "'}]";
    peer.asks("proposeChanges", "[['doc1','1-aa'],['n1','1-aa']]").says("[409]");
    peer.asks("proposeChanges", "[['doc1','1-aa']]", "conflictIncludesRev", "false").says("[409]");
    peer.asks("proposeChanges", "[['doc1','1-aa']]", "conflictIncludesRev", "1").says(object);
  }

  @DisplayName("conformance 104: deltas are offered once on a connection, and only where enabled")
  @Test
  void deltasOnce() {
    proposes("[['a','1-aa']]").with("deltas", "true");
    proposes("[['b','1-aa']]").with("deltas", null).with("blobs", "true");
    ScriptedPeer other =
        nodes.client(
            nodes.serve(
                new PassiveConfiguration(List.of(there.getDefaultCollection()), false, false)));
    other.asks("proposeChanges", "[['a','1-bb']]").with("deltas", null);
  }

  @DisplayName("conformance 72: nothing proposed is nothing answered")
  @Test
  void nothingProposed() {
    proposes("[]").says("[]").with("blobs", null);
    peer.tells("proposeChanges", "[]");
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 72, 92: malformed proposals fail as a whole (v16)")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        ";BLIP;400",
        "{};BLIP;400",
        "5;BLIP;400",
        "nonsense;BLIP;400",
        "[;BLIP;400",
        "[5];LiteCore;26",
        "[[]];LiteCore;26",
        "[['n1']];LiteCore;26",
        "[['n1',5]];LiteCore;26",
        "[['n1','foo']];LiteCore;26",
        "[['','1-aa']];LiteCore;26",
        "[['n1','1-ab'],['n2','foo']];LiteCore;26",
      })
  void malformedProposals(@Nullable String body, String domain, int code) {
    proposes(body == null ? "" : body).fails(domain, code);
    // None of its rows is accepted.
    pushes("n1", "1-ab", "{}").fails();
  }

  @DisplayName("conformance 86, 92: proposals of impossible names are survived")
  @Test
  void impossibleNames() {
    proposes("[['" + "x".repeat(300) + "','1-aa']]").fails("LiteCore", 26);
    proposes("[['" + "x".repeat(241) + "','1-aa']]").comes();
    proposes("[['_u','1-aa'],['\\u0001','1-aa'],['n','1-ABCD'],['n','1@AliceAliceAliceAliceAA']]")
        .comes();
  }

  @DisplayName("conformance 80: a revision is there when it is answered")
  @Test
  void answeredAfterCommit() {
    for (int i = 0; i < 50; i++) {
      offers("doc" + i, "1-aa", null, "{'v':" + i + "}").saysNothing();
      assertEquals("1-aa {'v':" + i + "}", stored("doc" + i));
    }
  }

  @DisplayName("conformance 80: revisions of different documents do not wait for each other")
  @Test
  void independentRevisions() {
    proposes("[['slow','1-aa'],['fast','1-aa']]").says("[]");
    Answer slow =
        pushes("slow", "1-aa", "{'b':{'@type':'blob','digest':'" + DIGEST + "','length':10}}");
    Heard blob = peer.hears("getAttachment").with("digest", DIGEST).with("docID", "slow");
    pushes("fast", "1-aa", "{}").saysNothing();
    assertFalse(slow.hasCome());
    assertNull(stored("slow"));
    blob.isAnswered(KNOWN_BLOB);
    slow.saysNothing();
    assertNotNull(stored("slow"));
  }

  @DisplayName("conformance 80: hundreds at once, all answered")
  @Test
  void manyAtOnce() {
    for (int from = 0; from < 1000; from += 200) {
      StringBuilder rows = new StringBuilder("[");
      for (int i = from; i < from + 200; i++)
        rows.append(i == from ? "" : ",").append("['m").append(i).append("','1-aa']");
      proposes(rows.append(']').toString()).says("[]");
    }
    List<Answer> answers =
        IntStream.range(0, 1000).mapToObj(i -> pushes("m" + i, "1-aa", "{'i':" + i + "}")).toList();
    answers.forEach(Answer::saysNothing);
    assertEquals(1000, content(there).size());
  }

  @DisplayName("conformance 80: successive revisions of one document are applied in order")
  @Test
  void successiveRevisions() {
    offers("s", "1-aa", null, "{'v':1}").saysNothing();
    proposes("[['s','2-bb','1-aa']]").says("[]");
    pushes("s", "2-bb", "{'v':2}", "history", "1-aa").saysNothing();
    proposes("[['s','3-cc','2-bb']]").says("[]");
    pushes("s", "3-cc", "{'v':3}", "history", "2-bb,1-aa").saysNothing();
    assertEquals("3-cc {'v':3}", stored("s"));
  }

  @DisplayName(
      "conformance 93: a revision that no row has announced is refused; the next still works")
  @Test
  void unannounced() {
    pushes("n1", "1-aa", "{}").fails("HTTP", 400);
    proposes("[['n1','1-aa']]").says("[]");
    pushes("n2", "1-aa", "{}").fails("HTTP", 400);
    pushes("n1", "1-bb", "{}").fails("HTTP", 400);
    pushes("n1", "1-aa", "{}").saysNothing();
    pushes("n1", "1-aa", "{}").fails("HTTP", 400);
    assertEquals(1, content(there).size());
    assertFalse(nodes.session().busy());
  }

  @DisplayName("conformance 93: a row that was not accepted announces nothing")
  @Test
  void refusedRows() {
    save(there, "doc1", "{}");
    proposes("[['doc1','1-aa']]").comes();
    pushes("doc1", "1-aa", "{'v':'stolen'}").fails("HTTP", 400);
    proposes("[['doc1','" + rev(there, "doc1") + "']]").says("[304]");
    pushes("doc1", rev(there, "doc1"), "{'v':'stolen'}").fails("HTTP", 400);
    assertTrue(stored("doc1").endsWith(" {}"));
  }

  @DisplayName("conformance 72, 80: the parent must still be current when the revision comes")
  @Test
  void changedInBetween() {
    save(there, "doc1", "{'v':1}");
    String first = rev(there, "doc1");
    proposes("[['doc1','2-aa','" + first + "']]").says("[]");
    save(there, "doc1", "{'v':2}");
    pushes("doc1", "2-aa", "{'v':3}", "history", first).fails("LiteCore", 8);
    assertTrue(stored("doc1").endsWith("{'v':2}"));
  }

  @DisplayName(
      "conformance 80: a history cut off before our revision is no conflict, if that was proposed")
  @Test
  void cutHistory() {
    save(there, "doc1", "{'v':1}");
    String first = rev(there, "doc1");
    offers("doc1", "61-aa", first, "{'v':61}", "history", "60-bb,59-cc").saysNothing();
    assertEquals("61-aa {'v':61}", stored("doc1"));
  }

  @DisplayName("conformance 95: a new root over a tombstone, accepted as proposal and as revision")
  @Test
  void newRootOverTombstone() {
    save(there, "gone", "{}");
    delete(there, "gone");
    offers("gone", "1-aa", null, "{'v':'again'}").saysNothing();
    assertEquals("1-aa {'v':'again'}", stored("gone"));
  }

  @DisplayName("conformance 95: a branch over a tombstone that the client knows of")
  @Test
  void branchOverTombstone() {
    save(there, "gone", "{}");
    String first = rev(there, "gone");
    delete(there, "gone");
    offers("gone", "3-cc", rev(there, "gone"), "{'v':'again'}", "history", "2-bb," + first)
        .saysNothing();
    assertEquals("3-cc {'v':'again'}", stored("gone"));
  }

  @DisplayName(
      "conformance 76: deleted may be 1 or true, not 0 or false; a tombstone may have content")
  @ParameterizedTest
  @CsvSource({"1,true", "true,true", "yes,true", "0,false", "false,false", "'',true"})
  void deletedProperty(String value, boolean deleted) {
    offers("t", "2-bb", null, "{'x':1}", "history", "1-aa", "deleted", value).saysNothing();
    assertEquals(deleted ? "2-bb deleted {'x':1}" : "2-bb {'x':1}", stored("t"));
  }

  @DisplayName("conformance 97: bad revisions are refused as tabled (v16)")
  @ParameterizedTest
  @CsvSource({
    "r,1-ABCD,HTTP,400",
    "r,1-abc,HTTP,400",
    "r,0-ab,HTTP,400",
    "r,1-xyz,HTTP,400",
    "r,01-ab,HTTP,400",
    "r,99999999999999999999-ab,HTTP,400",
    "_u,1-aa,LiteCore,29"
  })
  void badRevisions(String id, String rev, String domain, int code) {
    proposes("[['" + id + "','" + rev + "']]").comes();
    pushes(id, rev, "{}").fails(domain, code);
    assertEquals(0, content(there).size());
  }

  @DisplayName(
      "conformance 86, 97: document IDs of 240 bytes are stored, of 241 refused with LiteCore/29")
  @Test
  void longIds() {
    String longest = "x".repeat(240);
    offers(longest, "1-aa", null, "{}").saysNothing();
    assertNotNull(stored(longest));
    offers(longest + "x", "1-aa", null, "{}").fails("LiteCore", 29);
    offers("a b/c", "1-aa", null, "{}").saysNothing();
  }

  @DisplayName("conformance 97: missing and empty id and rev are HTTP/400 (v16)")
  @Test
  void missingNames() {
    proposes("[['r1','1-aa']]").says("[]");
    peer.asks("rev", "{}", "rev", "1-aa").fails("HTTP", 400);
    peer.asks("rev", "{}", "id", "r1").fails("HTTP", 400);
    peer.asks("rev", "{}", "id", "", "rev", "1-aa").fails("HTTP", 400);
    peer.asks("rev", "{}", "id", "r1", "rev", "").fails("HTTP", 400);
    peer.asks("rev", "{}").fails("HTTP", 400);
  }

  @DisplayName("conformance 97: histories that do not descend are LiteCore/4 (v16)")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3-cc;1-aa",
        "3-cc;1-aa,2-bb",
        "2-bb;2-bb,1-aa",
        "2-bb;foo",
        "3-cc;2-bb, 1-aa",
        "1-aa;1-bb",
        "2-bb;1-AA",
        "2-bb;,1-aa",
        "3-cc;2-bb,,1-aa",
        "2-bb;0-aa",
        "2-bb;3-cc"
      })
  void badHistories(String rev, String history) {
    offers("g", rev, null, "{}", "history", history).fails("LiteCore", 4);
    assertNull(stored("g"));
  }

  @DisplayName(
      "conformance 97: histories that are accepted: trailing comma, none, empty, very long (v16)")
  @Test
  void goodHistories() {
    offers("g1", "2-bb", null, "{}", "history", "1-aa,").saysNothing();
    offers("g2", "2-bb", null, "{}", "history", "").saysNothing();
    offers("g3", "5-ee", null, "{}").saysNothing();
    StringBuilder history = new StringBuilder("60-aa");
    for (int i = 59; i > 0; i--) history.append(',').append(i).append("-aa");
    offers("g4", "61-aa", null, "{}", "history", history.toString()).saysNothing();
    assertEquals(4, content(there).size());
  }

  @DisplayName(
      "conformance 97, 92: bodies that are no objects are LiteCore/5, an empty one too (unlike 3.2.2)")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[1]",
        "5",
        "null",
        "'x'",
        "{'a':",
        "{'a':1,'a':2}",
        "{} {}",
        "{'a':NaN}",
        "{a:1}"
      })
  void badBodies(String body) {
    offers("r", "1-aa", null, body).fails("LiteCore", 5);
    offers("r", "1-bb", null, body, "deleted", "1").fails("LiteCore", 5);
    assertNull(stored("r"));
  }

  @DisplayName("conformance 97: invalid UTF-8 and endless nesting are LiteCore/5 (unlike 3.2.2)")
  @Test
  void brokenBodies() {
    proposes("[['u','1-aa'],['v','1-aa'],['w','1-aa']]").says("[]");
    pushes("u", "1-aa", new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'})
        .fails("LiteCore", 5);
    pushes(
            "v",
            "1-aa",
            new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', ':', '1', '}'})
        .fails("LiteCore", 5);
    pushes("w", "1-aa", "{'a':" + "[".repeat(100_000) + "]".repeat(100_000) + "}")
        .fails("LiteCore", 5);
    assertEquals(0, content(there).size());
  }

  @DisplayName(
      "conformance 67: top-level keys that begin with _ are dropped, nested ones and _attachments stay")
  @Test
  void reservedKeys() {
    offers("r1", "1-aa", null, "{'_id':'x','_rev':'1-x','_foo':1,'n':{'_y':1}}").saysNothing();
    assertEquals("1-aa {'n':{'_y':1}}", stored("r1"));
    offers("r2", "1-aa", null, "{'_deleted':true,'a':1}").saysNothing();
    assertEquals("1-aa {'a':1}", stored("r2"));
    String attachments =
        "{'_attachments':{'foo':{'digest':'" + DIGEST + "','length':10,'revpos':1,'stub':true}}}";
    offers("r3", "1-aa", null, attachments).saysNothing();
    assertEquals("1-aa " + attachments, stored("r3"));
  }

  @DisplayName("conformance 91: _removed:true from a client purges nothing (unlike 3.2.2)")
  @Test
  void removedByAClient() {
    save(there, "doc1", "{'v':1}");
    String first = rev(there, "doc1");
    offers("doc1", "2-aa", first, "{'_removed':true}", "history", first).fails("HTTP", 400);
    assertEquals(first + " {'v':1}", stored("doc1"));
  }

  @DisplayName("conformance 91: flags 2 and 4 in changes of a client purge nothing (unlike 3.2.2)")
  @Test
  void revokedByAClient() {
    save(there, "doc1", "{'v':1}");
    for (int flags : new int[] {2, 3, 4, 5, 6, 7})
      peer.asks("changes", "[[1,'doc1','" + rev(there, "doc1") + "'," + flags + "]]")
          .fails("BLIP", 409);
    peer.asks("changes", "[]").fails("BLIP", 409);
    peer.tells("changes", "[[1,'doc1','1-aa',4]]");
    peer.hearsNothingMore();
    assertTrue(stored("doc1").endsWith("{'v':1}"));
  }

  @DisplayName("conformance 85: numbers are stored as they came")
  @Test
  void numbers() {
    String json = "{'a':9007199254740993,'b':18446744073709551615,'c':2.0,'d':2}";
    offers("n", "1-aa", null, json).saysNothing();
    assertEquals("1-aa " + json, stored("n"));
  }

  // Deltas.

  @DisplayName("conformance 99: a delta on a base we have (v17)")
  @Test
  void delta() {
    offers("d", "1-aa", null, "{'n':1,'t':'" + TEXT + "'}").saysNothing();
    offers("d", "2-bb", "1-aa", "{'n':2,'o':[{'x':1}]}", "history", "1-aa", "deltaSrc", "1-aa")
        .saysNothing();
    assertEquals("2-bb {'n':2,'o':{'x':1},'t':'" + TEXT + "'}", stored("d"));
  }

  @DisplayName(
      "conformance 99, 92: invalid deltas are HTTP/422, and the whole document is taken next")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{'n':",
        "nonsense",
        "[]",
        "5",
        "{'n':{'5-':[1]}}",
        "{'t':['999=',0,2]}",
        "{'t':['xyz',0,2]}",
        "{'nokey':[]}",
        "{'t':['1=',0,2]}"
      })
  void invalidDeltas(String delta) {
    offers("d", "1-aa", null, "{'n':1,'t':'" + TEXT + "'}").saysNothing();
    proposes("[['d','2-bb','1-aa']]").says("[]");
    pushes("d", "2-bb", delta, "history", "1-aa", "deltaSrc", "1-aa").fails("HTTP", 422);
    assertTrue(stored("d").startsWith("1-aa"));
    pushes("d", "2-bb", "{'whole':true}", "history", "1-aa").saysNothing();
    assertEquals("2-bb {'whole':true}", stored("d"));
  }

  @DisplayName(
      "conformance 99, 92: a base that is unknown, old, malformed, deleted, or of no document, is HTTP/422")
  @Test
  void unknownBases() {
    offers("d", "1-aa", null, "{'n':1}").saysNothing();
    offers("d", "2-bb", "1-aa", "{'n':2}", "history", "1-aa").saysNothing();
    proposes("[['d','3-cc','2-bb']]").says("[]");
    for (String base : List.of("1-00aa", "foo", "1-aa"))
      pushes("d", "3-cc", "{'n':3}", "history", "2-bb,1-aa", "deltaSrc", base).fails("HTTP", 422);
    offers("nowhere", "2-bb", null, "{'n':3}", "history", "1-aa", "deltaSrc", "1-aa")
        .fails("HTTP", 422);
    offers("t", "2-bb", null, "{}", "history", "1-aa", "deleted", "1").saysNothing();
    offers("t", "3-cc", "2-bb", "{'n':3}", "history", "2-bb,1-aa", "deltaSrc", "2-bb")
        .fails("HTTP", 422);
    assertEquals("2-bb {'n':2}", stored("d"));
  }

  // Blobs.

  private static String blob(String digest) {
    return "{'b':{'@type':'blob','digest':'"
        + digest
        + "','length':10,'content_type':'text/plain'}}";
  }

  @DisplayName(
      "conformance 98: a blob is fetched before the revision is answered, once for all that need it")
  @Test
  void blobsAreFetched() {
    proposes("[['b1','1-aa'],['b2','1-aa']]").says("[]");
    Answer first = pushes("b1", "1-aa", blob(DIGEST));
    Answer second = pushes("b2", "1-aa", blob(DIGEST));
    Heard request = peer.hears("getAttachment").with("digest", DIGEST).sayingNothing();
    peer.hearsNothingMore();
    assertFalse(first.hasCome() || second.hasCome());
    request.isAnswered(KNOWN_BLOB);
    first.saysNothing();
    second.saysNothing();
    assertNotNull(stored("b2"));
  }

  @DisplayName("conformance 98: blobs held are not asked for (v16, v17)")
  @Test
  void blobsHeld() {
    there.saveBlob(new Blob("text/plain", KNOWN_BLOB));
    offers("b", "1-aa", null, blob(DIGEST)).saysNothing();
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 98: nested ones, those in arrays and those of tombstones too")
  @Test
  void blobsAnywhere() {
    proposes("[['nb','1-aa']]").says("[]");
    Answer answer = pushes("nb", "1-aa", "{'a':[1,{'o':" + blob(DIGEST) + "}]}", "deleted", "1");
    peer.hears("getAttachment").with("digest", DIGEST).isAnswered(KNOWN_BLOB);
    answer.saysNothing();
  }

  @DisplayName(
      "conformance 98: a missing blob fails the revision with the error of getAttachment (v16)")
  @ParameterizedTest
  @CsvSource({"HTTP,404", "LiteCore,7", "HTTP,503", "HTTP,403", "BLIP,404"})
  void blobsMissing(String domain, int code) {
    proposes("[['b','1-aa']]").says("[]");
    Answer answer = pushes("b", "1-aa", blob(DIGEST));
    peer.hears("getAttachment").isRefused(domain, code);
    answer.fails(domain, code);
    assertNull(stored("b"));
  }

  @DisplayName(
      "conformance 98: damaged bytes, or none, are LiteCore/15, the document is not stored (v16)")
  @ParameterizedTest
  @ValueSource(strings = {"XYZ", "", "known blo", "known blob!"})
  void blobsDamaged(String content) {
    proposes("[['b','1-aa']]").says("[]");
    Answer answer = pushes("b", "1-aa", blob(DIGEST));
    peer.hears("getAttachment").isAnswered(bytes(content));
    answer.fails("LiteCore", 15);
    assertNull(stored("b"));
    assertNull(there.getBlob(java.util.Map.of("@type", "blob", "digest", DIGEST)));
    // The right bytes afterwards are welcome.
    proposes("[['b','1-aa']]").says("[]");
    Answer again = pushes("b", "1-aa", blob(DIGEST));
    peer.hears("getAttachment").isAnswered(KNOWN_BLOB);
    again.saysNothing();
  }

  @DisplayName(
      "conformance 98: a digest that is none is not asked for, the document is stored (v16)")
  @ParameterizedTest
  @ValueSource(
      strings = {"sha1-xx", "md5-AAAA", "foo", "", "sha1-", "sha1-kbcLiLcSVwhF+n5OPUwjqghORps"})
  void oddDigests(String digest) {
    offers("b", "1-aa", null, blob(digest)).saysNothing();
    peer.hearsNothingMore();
    assertNotNull(stored("b"));
  }

  @DisplayName("conformance 33: revisions as NoReply are stored, or refused, silently (v16)")
  @Test
  void silently() {
    proposes("[['nr1','1-aa'],['nr2','1-aa'],['nr3','1-aa']]").says("[]");
    peer.tells("rev", "{'a':1}", "id", "nr1", "rev", "1-aa");
    peer.tells("rev", "{", "id", "nr2", "rev", "1-aa");
    peer.tells("rev", blob(DIGEST), "id", "nr3", "rev", "1-aa");
    peer.tells("rev", "{}", "id", "unheard", "rev", "1-aa");
    peer.hears("getAttachment").isAnswered(KNOWN_BLOB);
    Await.until(() -> "two documents, not " + content(there), () -> content(there).size() == 2);
    peer.tells("norev", "", "id", "nn", "rev", "1-aa", "error", "404");
    peer.asks("norev", "").saysNothing();
    peer.hearsNothingMore();
  }

  @DisplayName("conformance 100: getAttachment: unknown is LiteCore/7, malformed LiteCore/9 (v16)")
  @Test
  void getAttachment() {
    there
        .getDefaultCollection()
        .save(new MutableDocument("b7").setValue("b", new Blob("text/plain", KNOWN_BLOB)));
    peer.asks("getAttachment", "", "digest", DIGEST, "docID", "b7").saysBytes(KNOWN_BLOB);
    peer.asks("getAttachment", "", "digest", DIGEST, "docID", "b7", "compress", "true")
        .saysBytes(KNOWN_BLOB);
    peer.asks("getAttachment", "", "digest", DIGEST).saysBytes(KNOWN_BLOB);
    peer.asks("getAttachment", "", "digest", "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        .fails("LiteCore", 7);
    for (String odd :
        List.of(
            "foo",
            "",
            "sha1-xx",
            "sha1-????????????????????????????",
            "md5-" + DIGEST.substring(5)))
      peer.asks("getAttachment", "", "digest", odd).fails("LiteCore", 9);
    peer.asks("getAttachment", "").fails("LiteCore", 9);
    peer.tells("getAttachment", "", "digest", DIGEST);
  }

  @DisplayName(
      "conformance 100: proveAttachment proves; a nonce of 0 or 256 bytes is BLIP/400 (00-unit, v16)")
  @Test
  void proveAttachment() {
    there.saveBlob(new Blob("text/plain", KNOWN_BLOB));
    there.saveBlob(new Blob("text/plain", bytes("Hello blob")));
    peer.asks("proveAttachment", "nonce1234567890AB", "digest", DIGEST)
        .saysBytes(bytes("sha1-759wgVVbq6qtdYARCIiyIkhQWDc="));
    peer.asks("proveAttachment", "n".repeat(255), "digest", DIGEST)
        .saysBytes(bytes("sha1-e6Y8/osvqUPqRRRiWG3CNtAOi6c="));
    peer.asks("proveAttachment", "", "digest", DIGEST).fails("BLIP", 400);
    peer.asks("proveAttachment", "n".repeat(256), "digest", DIGEST).fails("BLIP", 400);
    peer.asks("proveAttachment", "nonce", "digest", "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=")
        .fails("LiteCore", 7);
    peer.asks("proveAttachment", "nonce").fails("LiteCore", 9);
  }

  @DisplayName("conformance 81: a read-only listener refuses all that pushes with HTTP/403 (v16)")
  @Test
  void readOnly() {
    peer.close();
    peer =
        nodes.client(
            nodes.serve(
                new PassiveConfiguration(List.of(there.getDefaultCollection()), true, true)));
    proposes("[['n1','1-aa']]").fails("HTTP", 403);
    pushes("n1", "1-aa", "{}").fails("HTTP", 403);
    peer.asks("changes", "[[1,'n1','1-aa']]").fails("HTTP", 403);
    peer.asks("setCheckpoint", "{}", "client", "area", "rev", "").saysNothing();
    peer.close();
    assertEquals(0, content(there).size());
  }
}
