// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Checkpoints;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Outcome.Conflicting;
import dev.divan.database.replica.Outcome.Fault;
import dev.divan.database.replica.Outcome.Known;
import dev.divan.database.replica.Outcome.Refused;
import dev.divan.database.replica.Outcome.Stored;
import dev.divan.database.replica.Proposal;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.database.replica.Resolution;
import dev.divan.database.replica.Revision;
import dev.divan.database.replica.Verdict;
import dev.divan.database.replica.Wanted;
import dev.divan.json.Body;
import dev.divan.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LocalReplicaTest {
  private static final String PEER = "wss://peer/db";

  private final MemoryStore store = new MemoryStore();
  private final LocalDatabase database = new LocalDatabase("test", store);
  private final Collection collection = database.getDefaultCollection();
  private final ReplicaDatabase replicas = database.adapt(ReplicaDatabase.class);
  private final Replica replica = replicas.replica(collection);

  @AfterEach
  void close() {
    database.close();
  }

  private static IncomingRevision revision(String id, String revs, String json, String peer) {
    return revision(id, revs, json, false, peer);
  }

  private static IncomingRevision revision(
      String id, String revs, String json, boolean deleted, String peer) {
    List<String> all = Arrays.asList(revs.split(" "));
    Body body = Body.examine(json.getBytes(StandardCharsets.UTF_8));
    return new IncomingRevision(id, all.get(0), all.subList(1, all.size()), deleted, body, peer);
  }

  private Outcome insert(String id, String revs, String json) {
    return insert(revision(id, revs, json, null));
  }

  private Outcome tombstone(String id, String revs) {
    return insert(revision(id, revs, "{}", true, null));
  }

  private Outcome insert(IncomingRevision revision) {
    return get(replica.insert(List.of(revision))).get(0);
  }

  private static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private String current(String id) {
    return replica.read(id, null).revID();
  }

  @Test
  void whatIsInsertedIsReadAsItCame() {
    Outcome outcome = insert("d", "3-cc 2-bb 1-aa", " {\"n\" : 2.0}");
    assertEquals(new Stored(1), outcome);
    Revision revision = replica.read("d", "3-cc");
    assertArrayEquals(" {\"n\" : 2.0}".getBytes(StandardCharsets.UTF_8), revision.body());
    assertEquals(List.of("2-bb", "1-aa"), revision.history());
    assertEquals(1, revision.sequence());
    assertFalse(revision.deleted());
    assertNull(replica.read("d", "2-bb"));
    assertNull(replica.read("other", null));
    assertEquals(2.0, collection.getDocument("d").getDouble("n"));
  }

  @Test
  void whatIsHereOrOvertakenIsKnown() {
    insert("d", "2-bb 1-aa", "{}");
    assertEquals(new Known(), insert("d", "2-bb 1-aa", "{\"other\":1}"));
    assertEquals(new Known(), insert("d", "1-aa", "{}"));
    assertEquals(1, replica.lastSequence());
  }

  @Test
  void descendantsFollowAlsoWithinOneBatch() {
    List<Outcome> outcomes =
        get(
            replica.insert(
                List.of(
                    revision("d", "1-aa", "{\"n\":1}", null),
                    revision("e", "1-aa", "{}", null),
                    revision("d", "2-bb 1-aa", "{\"n\":2}", null),
                    revision("d", "3-cc 2-bb", "{\"n\":3}", null))));
    assertEquals(List.of(new Stored(1), new Stored(2), new Stored(3), new Stored(4)), outcomes);
    assertEquals(List.of("2-bb", "1-aa"), replica.read("d", "3-cc").history());
    assertEquals(2, collection.getCount());
    List<Change> changes = replica.changes(0, 10, null);
    assertEquals(List.of("e", "d"), changes.stream().map(Change::documentID).toList());
    assertEquals(new Change(4, "d", "3-cc", false, 7, null), changes.get(1));
    assertEquals(changes.get(1), replica.change("d", null));
  }

  @Test
  void aConflictChangesNothing() {
    insert("d", "2-bb 1-aa", "{\"mine\":1}");
    Outcome outcome = insert("d", "2-cc 1-aa", "{\"yours\":1}");
    Revision local = assertInstanceOf(Conflicting.class, outcome).local();
    assertEquals("2-bb", local.revID());
    assertEquals("{\"mine\":1}", new String(local.body(), StandardCharsets.UTF_8));
    assertEquals("2-bb", current("d"));
    assertEquals(1, replica.lastSequence());
  }

  @Test
  @DisplayName("84: a branch switch without local edits is adopted silently")
  void branchSwitch() {
    insert(revision("d", "2-bb 1-aa", "{}", PEER));
    assertEquals(new Stored(2), insert(revision("d", "2-cc 1-aa", "{}", PEER)));
    assertInstanceOf(Conflicting.class, insert(revision("d", "2-dd 1-aa", "{}", "another peer")));
    collection.save(collection.getDocument("d").toMutable());
    assertInstanceOf(Conflicting.class, insert(revision("d", "2-ee 1-aa", "{}", PEER)));
  }

  @Test
  @DisplayName("95: a new root is accepted over a tombstone, and lives")
  void newRootOverTombstone() {
    insert("d", "1-aa", "{}");
    tombstone("d", "2-bb 1-aa");
    assertEquals(0, collection.getCount());
    Verdict verdict = judge(new Proposal("d", "1-cc", null));
    assertEquals(new Verdict(Verdict.Kind.WELCOME, "2-bb"), verdict);
    assertEquals(new Stored(3), insert("d", "1-cc", "{\"new\":1}"));
    assertEquals(1, collection.getCount());
    assertEquals("1-cc", collection.getDocument("d").getRevisionID());
  }

  @Test
  @DisplayName("82: of two tombstones the greater is taken")
  void twoTombstones() {
    insert("d", "1-aa", "{}");
    tombstone("d", "2-bb 1-aa");
    assertEquals(new Stored(3), tombstone("d", "2-cc 1-aa"));
    assertInstanceOf(Conflicting.class, tombstone("d", "2-aa 1-aa"));
    assertEquals("2-cc", current("d"));
  }

  @ParameterizedTest
  @DisplayName("97: bad revision IDs are refused")
  @ValueSource(strings = {"1-AA", "1-a", "0-aa", "", "xyz", "1-aa,", "17f@AAECAwQFBgcICQoLDA0ODw"})
  void badRevisionIds(String revID) {
    IncomingRevision revision =
        new IncomingRevision("d", revID, List.of(), false, Body.EMPTY, null);
    assertEquals(Fault.BAD_REVISION_ID, fault(insert(revision)));
  }

  @Test
  @DisplayName("65, 86: bad document IDs and histories are refused, and do not hinder the others")
  void faults() {
    List<Outcome> outcomes =
        get(
            replica.insert(
                List.of(
                    revision("_d", "1-aa", "{}", null),
                    revision("x".repeat(241), "1-aa", "{}", null),
                    revision("d", "3-cc 1-aa", "{}", null),
                    revision("d", "2-cc 1-AA", "{}", null),
                    revision("good", "1-aa", "{}", null))));
    assertEquals(Fault.BAD_DOCUMENT_ID, fault(outcomes.get(0)));
    assertEquals(Fault.BAD_DOCUMENT_ID, fault(outcomes.get(1)));
    assertEquals(Fault.BAD_HISTORY, fault(outcomes.get(2)));
    assertEquals(Fault.BAD_HISTORY, fault(outcomes.get(3)));
    assertEquals(new Stored(1), outcomes.get(4));
  }

  private static Fault fault(Outcome outcome) {
    return assertInstanceOf(Refused.class, outcome).fault();
  }

  @Test
  void aRevisionIsStoredOnlyWithItsBlobs() {
    String digest = "sha1-oeiRBwumjZKwm7Ohb9qO+xcZhcQ=";
    String json = "{\"b\":{\"@type\":\"blob\",\"digest\":\"" + digest + "\"}}";
    assertEquals(Fault.BLOB_MISSING, fault(insert("d", "1-aa", json)));
    ReplicaBlobs blobs = replicas.blobs();
    assertEquals(-1, blobs.length(digest));
    assertEquals(-1, blobs.length("md5-whatever"));
    byte[] content = "Hello blob".getBytes(StandardCharsets.UTF_8);
    try (ReplicaBlobs.Receipt wrong = blobs.receive(digest)) {
      wrong.write(content, 0, 9);
      assertFalse(wrong.finish());
    }
    assertNull(blobs.open(digest));
    try (ReplicaBlobs.Receipt receipt = blobs.receive(digest)) {
      receipt.write(content, 0, 5);
      receipt.write(content, 5, 5);
      assertTrue(receipt.finish());
    }
    assertEquals(0, database.compact(), "its document may be on its way");
    assertEquals(10, blobs.length(digest));
    assertInstanceOf(Stored.class, insert("d", "1-aa", json));
    assertArrayEquals(content, collection.getDocument("d").getBlob("b").getContent());
    assertThrows(IllegalArgumentException.class, () -> blobs.receive("sha1-x"));
  }

  @Test
  void announcedRevisionsAreWantedUnlessTheyAreHere() {
    insert("d", "3-cc 2-bb 1-aa", "{}");
    List<Wanted> answers =
        replica.find(
            List.of(
                new DocumentRevision("new", "1-aa"),
                new DocumentRevision("d", "3-cc"),
                new DocumentRevision("d", "1-aa"),
                new DocumentRevision("d", "4-dd"),
                new DocumentRevision("d", "3-ee"),
                new DocumentRevision("d", "1-ff")));
    assertEquals(
        List.of(
            new Wanted(true, false, List.of()),
            new Wanted(false, true, List.of()),
            new Wanted(false, false, List.of()),
            new Wanted(true, false, List.of("3-cc", "2-bb", "1-aa")),
            new Wanted(true, false, List.of("2-bb", "1-aa")),
            new Wanted(true, false, List.of())),
        answers);
  }

  @Test
  void atMostTenAncestorsAreTold() {
    List<String> revs = new ArrayList<>();
    for (int generation = 60; generation > 0; generation--) {
      revs.add(generation + "-aa");
    }
    insert("d", String.join(" ", revs), "{}");
    assertEquals(50, replica.read("d", null).history().size());
    Wanted wanted = replica.find(List.of(new DocumentRevision("d", "61-bb"))).get(0);
    assertEquals(revs.subList(0, 10), wanted.ancestors());
  }

  private Verdict judge(Proposal proposal) {
    return replica.judge(List.of(proposal)).get(0);
  }

  @Test
  @DisplayName("72: proposals are judged by the current revision alone")
  void proposals() {
    insert("d", "2-bb 1-aa", "{}");
    assertEquals(new Verdict(Verdict.Kind.WELCOME, null), judge(new Proposal("new", "1-aa", null)));
    assertEquals(
        new Verdict(Verdict.Kind.WELCOME, null), judge(new Proposal("purged", "3-cc", "2-bb")));
    assertEquals(new Verdict(Verdict.Kind.KNOWN, "2-bb"), judge(new Proposal("d", "2-bb", "1-aa")));
    assertEquals(
        new Verdict(Verdict.Kind.WELCOME, "2-bb"), judge(new Proposal("d", "3-cc", "2-bb")));
    for (Proposal proposal :
        List.of(
            new Proposal("d", "3-cc", null),
            new Proposal("d", "3-cc", ""),
            new Proposal("d", "3-cc", "1-aa"),
            new Proposal("d", "1-aa", null),
            new Proposal("d", "3-cc", "nonsense"))) {
      assertEquals(new Verdict(Verdict.Kind.CONFLICT, "2-bb"), judge(proposal));
    }
  }

  @Test
  void theRemoteRevisionMayWinAConflict() {
    insert("d", "2-bb 1-aa", "{\"mine\":1}");
    IncomingRevision remote = revision("d", "2-cc 1-aa", "{\"yours\":1}", PEER);
    Outcome outcome = get(replica.resolve(remote, "2-bb", new Resolution.RemoteWins()));
    assertEquals(new Stored(2), outcome);
    assertEquals("{\"yours\":1}", collection.getDocument("d").toJSON());
    assertEquals(List.of("1-aa"), replica.read("d", "2-cc").history());
    assertEquals("2-cc", replica.change("d", PEER).peerRevision());
  }

  @Test
  void aMergeFollowsTheRemoteRevision() {
    insert("d", "3-bb 2-ab 1-aa", "{\"mine\":1}");
    IncomingRevision remote = revision("d", "2-cc 1-aa", "{\"yours\":1}", PEER);
    Body merged = Body.examine("{\"both\":1}".getBytes(StandardCharsets.UTF_8));
    get(replica.resolve(remote, "3-bb", new Resolution.Merged(merged, false)));
    Revision revision = replica.read("d", null);
    assertTrue(revision.revID().startsWith("3-"));
    assertEquals(List.of("2-cc", "1-aa"), revision.history());
    assertEquals("{\"both\":1}", collection.getDocument("d").toJSON());
    assertEquals("2-cc", replica.change("d", PEER).peerRevision());
    get(replica.resolve(remote, revision.revID(), new Resolution.Merged(Body.EMPTY, true)));
    assertTrue(replica.read("d", null).deleted());
    assertEquals(0, collection.getCount());
  }

  @Test
  void aResolutionOfWhatHasChangedMeanwhileIsAConflictAgain() {
    insert("d", "2-bb 1-aa", "{}");
    IncomingRevision remote = revision("d", "2-cc 1-aa", "{}", PEER);
    collection.save(collection.getDocument("d").toMutable());
    Outcome outcome = get(replica.resolve(remote, "2-bb", new Resolution.RemoteWins()));
    assertTrue(assertInstanceOf(Conflicting.class, outcome).local().revID().startsWith("3-"));
    collection.purge("d");
    outcome = get(replica.resolve(remote, "2-bb", new Resolution.RemoteWins()));
    assertInstanceOf(Stored.class, outcome);
  }

  @Test
  void whatAPeerHoldsIsRememberedAndForgotten() {
    insert(revision("d", "1-aa", "{}", PEER));
    insert("e", "1-aa", "{}");
    assertEquals("1-aa", replica.change("d", PEER).peerRevision());
    assertNull(replica.change("d", "other").peerRevision());
    assertNull(replica.change("e", PEER).peerRevision());
    get(
        replica.acknowledge(
            PEER,
            List.of(
                new DocumentRevision("e", "1-aa"),
                new DocumentRevision("none", "1-aa"),
                new DocumentRevision("d", "nonsense"))));
    List<Change> changes = replica.changes(0, 10, PEER);
    assertEquals(List.of("1-aa", "1-aa"), changes.stream().map(Change::peerRevision).toList());
    insert("d", "2-bb 1-aa", "{}");
    insert(revision("d", "1-aa", "{}", "late"));
    assertEquals("1-aa", replica.change("d", PEER).peerRevision());
    assertEquals("1-aa", replica.change("d", "late").peerRevision());
    collection.purge("d");
    insert("d", "1-cc", "{}");
    assertNull(replica.change("d", PEER).peerRevision());
    get(replica.forget(PEER));
    assertNull(replica.change("e", PEER).peerRevision());
  }

  @Test
  void manyEntriesOfAPeerAreForgottenPieceByPiece() {
    List<IncomingRevision> revisions = new ArrayList<>();
    for (int i = 0; i < 2500; i++) {
      revisions.add(revision("d" + i, "1-aa", "{}", i % 2 == 0 ? PEER : "other"));
    }
    get(replica.insert(revisions));
    get(replica.forget(PEER));
    assertTrue(
        replica.changes(0, 5000, PEER).stream().allMatch(change -> change.peerRevision() == null));
    assertEquals(
        1250,
        replica.changes(0, 5000, "other").stream()
            .filter(change -> change.peerRevision() != null)
            .count());
  }

  @Test
  void changesComeInPages() {
    for (int i = 0; i < 10; i++) {
      insert("d" + i, "1-aa", "{}");
    }
    insert("d3", "2-bb 1-aa", "{}");
    assertEquals(11, replica.lastSequence());
    List<Change> page = replica.changes(2, 3, null);
    assertEquals(List.of(3L, 5L, 6L), page.stream().map(Change::sequence).toList());
    assertEquals(List.of(), replica.changes(11, 3, null));
    assertEquals(List.of(), replica.changes(Long.MAX_VALUE, 3, null));
    assertEquals(10, replica.changes(-1, 100, null).size());
    assertEquals(List.of(), replica.changes(0, 0, null));
  }

  @Test
  void purgedDocumentsAreForgotten() {
    insert("d", "1-aa", "{}");
    get(replica.purge(List.of("d", "none", "")));
    assertNull(replica.read("d", null));
    assertEquals(List.of(), replica.changes(0, 10, null));
  }

  @Test
  @DisplayName("46: checkpoints are kept byte for byte, and replaced only by who knows them")
  void checkpoints() {
    Checkpoints checkpoints = replicas.checkpoints();
    byte[] odd = {0, 1, (byte) 0xff};
    String id = "cp-" + "x".repeat(5000);
    assertNull(checkpoints.get(id));
    assertNull(get(checkpoints.put(id, "1-cc", odd)));
    String first = get(checkpoints.put(id, null, odd));
    assertArrayEquals(odd, checkpoints.get(id).body());
    assertEquals(first, checkpoints.get(id).rev());
    assertNull(get(checkpoints.put(id, null, new byte[0])));
    String second = get(checkpoints.put(id, first, new byte[0]));
    assertNotNull(second);
    assertEquals(0, checkpoints.get(id).body().length);
    get(checkpoints.set("own", new byte[] {7}));
    get(checkpoints.set("own", new byte[] {8}));
    assertArrayEquals(new byte[] {8}, checkpoints.get("own").body());
    get(checkpoints.remove("own"));
    assertNull(checkpoints.get("own"));
    assertThrows(
        CompletionException.class, () -> get(checkpoints.put("big", null, new byte[1 << 21])));
  }

  @Test
  void hooksRunAfterEachCommitThatChangedTheCollection() {
    AtomicInteger calls = new AtomicInteger();
    List<Long> seen = new ArrayList<>();
    replica.onCommit(() -> seen.add(replica.lastSequence()));
    var token = replica.onCommit(calls::incrementAndGet);
    collection.save(new MutableDocument("a"));
    get(
        replica.insert(
            List.of(revision("b", "1-aa", "{}", null), revision("c", "1-aa", "{}", null))));
    assertEquals(2, calls.get());
    get(replica.acknowledge(PEER, List.of(new DocumentRevision("a", "1-aa"))));
    get(replicas.checkpoints().set("x", new byte[0]));
    insert("b", "1-aa", "{}");
    assertEquals(2, calls.get());
    token.remove();
    collection.save(new MutableDocument("d"));
    assertEquals(2, calls.get());
    assertEquals(List.of(1L, 3L, 4L), seen);
  }

  @Test
  void ourOwnVersionsGrowWithEveryRevision() {
    insert("d", "1-aa", "{}");
    long first = version("d");
    insert("d", "2-bb 1-aa", "{}");
    long second = version("d");
    collection.save(collection.getDocument("d").toMutable());
    long third = version("d");
    assertTrue(first < second && second < third);
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    assertTrue(Math.abs(now - first) < TimeUnit.HOURS.toNanos(1), "nanoseconds since 1970");
  }

  private long version(String id) {
    byte[] key = dev.divan.database.keys.CollectionKeys.bytes(id);
    var vector =
        database.read(
            snapshot ->
                ((dev.divan.database.local.LocalCollection) collection)
                    .table()
                    .get(snapshot, key)
                    .vector());
    assertEquals(database.getUuid(), vector.current().source());
    assertEquals(1, vector.versions().size());
    return vector.current().time();
  }

  @Test
  void afterClosingStagesFail() {
    database.close();
    assertThrows(
        CompletionException.class,
        () -> get(replica.insert(List.of(revision("d", "1-aa", "{}", null)))));
  }

  @Test
  void aReplicaBelongsToItsDatabase() {
    LocalDatabase other = new LocalDatabase("other", store);
    assertThrows(
        IllegalArgumentException.class, () -> replicas.replica(other.getDefaultCollection()));
    other.close();
  }
}
