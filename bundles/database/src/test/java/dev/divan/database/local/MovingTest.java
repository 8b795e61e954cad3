// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.keys.Keys;
import dev.divan.database.move.Move;
import dev.divan.database.move.MoveException;
import dev.divan.database.move.Progress;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.Checkpoints;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaBlobs;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.store.Cursor;
import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database that goes from store to store while it is used. */
@Timeout(30)
class MovingTest {
  private final MemoryStore one = new MemoryStore();
  private final MemoryStore other = new MemoryStore();
  private final LocalDatabase database = new LocalDatabase("test", one);
  private final Collection notes = database.getDefaultCollection();

  @AfterEach
  void close() {
    database.close();
  }

  private Move.Moved move(Store to) {
    return move(to, progress -> {});
  }

  private Move.Moved move(Store to, java.util.function.Consumer<Progress> progress) {
    return database.moveTo(to, to == one ? "other" : "one", to == one ? "one" : "other", progress);
  }

  private Document save(String id, int value) {
    MutableDocument document = new MutableDocument(id).setInt("value", value);
    notes.save(document);
    return document;
  }

  private static TreeMap<String, String> entries(Store store) {
    try (Space space = store.open("test")) {
      return entries(space);
    }
  }

  private static TreeMap<String, String> entries(Space space) {
    return space.read(MovingTest::dump);
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void everyEntryGoesAlongByteByByteAndBack() {
    fill(500);
    UUID uuid = database.getUuid();
    TreeMap<String, String> before = database.<TreeMap<String, String>>read(s -> dump(s));
    Move.Moved there = move(other);
    assertEquals(before, database.<TreeMap<String, String>>read(s -> dump(s)));
    assertEquals(502, there.copied().documents());
    assertEquals(2, there.copied().blobs());
    assertEquals(uuid, database.getUuid());
    assertEquals(before, entries(one), "what was left is as it was");

    save("note-1", -1);
    TreeMap<String, String> after = database.<TreeMap<String, String>>read(s -> dump(s));
    move(one);
    assertEquals(after, database.<TreeMap<String, String>>read(s -> dump(s)));
    assertEquals(after, entries(other));
    database.close();
    try (LocalDatabase again = new LocalDatabase("test", one)) {
      assertEquals(uuid, again.getUuid());
      assertEquals(-1, again.getDefaultCollection().getDocument("note-1").getInt("value"));
    }
  }

  private static TreeMap<String, String> dump(dev.divan.store.Snapshot snapshot) {
    TreeMap<String, String> all = new TreeMap<>();
    try (Cursor cursor = snapshot.scan(new byte[0], null)) {
      while (cursor.next()) {
        if (!Arrays.equals(cursor.key(), Keys.standing())) {
          HexFormat hex = HexFormat.of();
          all.put(hex.formatHex(cursor.key()), hex.formatHex(cursor.value()));
        }
      }
    }
    return all;
  }

  private void fill(int documents) {
    for (int i = 0; i < documents; i++) {
      save("note-" + i, i);
    }
    notes.delete(save("gone", 1));
    notes.setDocumentExpiration("note-3", Instant.now().plusSeconds(3600));
    database.createCollection("items", "shop").save(new MutableDocument("screw").setInt("m", 8));
    notes.save(
        new MutableDocument("note-0").setBlob("photo", new Blob("image/png", new byte[70_000])));
    database.saveBlob(new Blob("text/plain", "alone".getBytes(StandardCharsets.UTF_8)));
    ReplicaDatabase replicas = database.adapt(ReplicaDatabase.class);
    byte[] body = "{\"local\":7}".getBytes(StandardCharsets.UTF_8);
    Await.result(replicas.checkpoints().set("cp", body), "a checkpoint");
    Replica replica = replicas.replica(notes);
    Change change = replica.change("note-7", null);
    Await.result(
        replica.acknowledge("peer", List.of(new DocumentRevision("note-7", change.revID()))),
        "an acknowledgement");
  }

  @Test
  void whatWasHandedOutStaysValidAndListenersHearOn() throws InterruptedException {
    fill(20);
    ReplicaDatabase replicas = database.adapt(ReplicaDatabase.class);
    Replica replica = replicas.replica(notes);
    Document photo = notes.getDocument("note-0");
    Set<String> heard = ConcurrentHashMap.newKeySet();
    notes.addChangeListener(change -> heard.addAll(change.documentIDs()));
    AtomicInteger hooks = new AtomicInteger();
    replica.onCommit(hooks::incrementAndGet);
    long sequence = notes.getLastSequence();
    move(other);
    assertEquals(sequence, notes.getLastSequence());
    assertSame(notes, database.getDefaultCollection());
    assertEquals(70_000, photo.getBlob("photo").getContent().length);
    save("later", 1);
    assertEquals(sequence + 1, replica.lastSequence());
    assertEquals(List.of("later"), ids(replica.changes(sequence, 10, null)));
    assertEquals(1, hooks.get());
    Checkpoints.Checkpoint checkpoint = replicas.checkpoints().get("cp");
    assertNotNull(checkpoint);
    assertEquals("1-cc", checkpoint.rev());
    assertEquals(
        replica.change("note-7", null).revID(), replica.change("note-7", "peer").peerRevision());
    Await.until(
        () -> "that of later is heard, not only of " + heard, () -> heard.contains("later"));
  }

  private static List<String> ids(List<Change> changes) {
    return changes.stream().map(Change::documentID).toList();
  }

  @Test
  void writersAndReadersBesideSeveralMovesLoseNothing() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    List<FutureTask<Boolean>> tasks = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      int own = writer;
      tasks.add(new FutureTask<>(() -> write(own, done, acknowledged)));
    }
    tasks.add(new FutureTask<>(() -> readAll(done, acknowledged)));
    tasks.forEach(MovingTest::start);
    int moves = 6;
    for (int i = 0; i < moves; i++) {
      int before = acknowledged.size();
      move(i % 2 == 0 ? other : one);
      Await.until(
          () -> before + 30 + " acknowledged, not " + acknowledged.size(),
          () -> acknowledged.size() >= before + 30);
    }
    done.set(true);
    for (FutureTask<Boolean> task : tasks) {
      assertTrue(task.get(20, TimeUnit.SECONDS));
    }
    acknowledged.forEach(
        (id, value) -> {
          Document document = notes.getDocument(id);
          assertNotNull(document, id);
          assertEquals(value, document.getInt("value"), id);
          if (document.contains("photo")) {
            assertEquals(value, document.getBlob("photo").getContent()[0], id);
          }
        });
    assertEquals(acknowledged.size(), notes.getCount());
    Replica replica = database.adapt(ReplicaDatabase.class).replica(notes);
    List<Change> changes = replica.changes(0, Integer.MAX_VALUE, null);
    assertEquals(acknowledged.size(), changes.size());
    assertEquals(acknowledged.size(), new HashSet<>(ids(changes)).size());
    assertTrue(changes.get(changes.size() - 1).sequence() == notes.getLastSequence());
  }

  private boolean write(int own, AtomicBoolean done, Map<String, Integer> acknowledged) {
    Random random = new Random(own);
    long last = 0;
    for (int i = 0; !done.get(); i++) {
      String id = own + "-" + random.nextInt(2000);
      int value = i % 100;
      MutableDocument document = new MutableDocument(id).setInt("value", value);
      if (i % 20 == 0) {
        byte[] content = new byte[1000];
        content[0] = (byte) value;
        content[1] = (byte) own;
        document.setBlob("photo", new Blob("x/y", content));
      }
      if (i % 50 == 0) {
        database.inBatch(() -> notes.save(document));
      } else {
        notes.save(document);
      }
      acknowledged.put(id, value);
      assertTrue(document.getSequence() > last, "sequences grow");
      last = document.getSequence();
    }
    return true;
  }

  private boolean readAll(AtomicBoolean done, Map<String, Integer> acknowledged) {
    while (!done.get()) {
      Set<String> before = Set.copyOf(acknowledged.keySet());
      Set<String> seen = new HashSet<>();
      notes.forEach(document -> seen.add(document.getId()));
      assertTrue(seen.containsAll(before), "whoever was there is found");
    }
    return true;
  }

  @Test
  void aReadThatBeganBeforeTheSwitchEndsOnWhatItSaw() throws Exception {
    fill(10);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch moved = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    FutureTask<Integer> reader =
        new FutureTask<>(
            () ->
                database.read(
                    snapshot -> {
                      runs.incrementAndGet();
                      reading.countDown();
                      Await.opens(moved, "the end of the move");
                      return dump(snapshot).size();
                    }));
    start(reader);
    Await.opens(reading, "the read");
    int entries = database.<TreeMap<String, String>>read(s -> dump(s)).size();
    FutureTask<Move.Moved> moving = new FutureTask<>(() -> move(other));
    start(moving);
    Await.until(
        () -> "test is whole in " + other.names(),
        () -> other.names().contains("test") && isWhole(other));
    save("later", 1);
    moved.countDown();
    assertEquals(entries, reader.get(10, TimeUnit.SECONDS));
    moving.get(10, TimeUnit.SECONDS);
    assertEquals(1, runs.get());
    assertNotNull(notes.getDocument("later"));
  }

  /** Seen through the database, which is open there. */
  private boolean isWhole(Store store) {
    return "one"
        .equals(
            database.<String>read(
                snapshot -> {
                  var standing = dev.divan.database.move.Standing.read(snapshot);
                  return standing == null || standing.other() == null || store != other
                      ? ""
                      : standing.other();
                }));
  }

  @Test
  void aBlobOnItsWayDuringTheMoveArrives() {
    fill(10);
    ReplicaBlobs blobs = database.adapt(ReplicaDatabase.class).blobs();
    byte[] content = "half here, half there".getBytes(StandardCharsets.UTF_8);
    Blob same = new Blob("text/plain", content);
    try (LocalDatabase elsewhere = new LocalDatabase("elsewhere", new MemoryStore())) {
      elsewhere.saveBlob(same);
    }
    String digest = same.digest();
    try (ReplicaBlobs.Receipt receipt = blobs.receive(digest)) {
      receipt.write(content, 0, 10);
      move(other);
      receipt.write(content, 10, content.length - 10);
      assertTrue(receipt.finish());
    }
    assertEquals(content.length, blobs.length(digest));
    database.close();
    try (LocalDatabase again = new LocalDatabase("test", other)) {
      assertEquals(content.length, again.adapt(ReplicaDatabase.class).blobs().length(digest));
    }
  }

  @Test
  void aTargetThatFailsInTheMiddleLeavesEverythingAsItWas() {
    fill(300);
    TreeMap<String, String> before = database.<TreeMap<String, String>>read(s -> dump(s));
    FailingStore failing = new FailingStore(other);
    for (int at : new int[] {1, 2, 100, 600}) {
      failing.writes = 0;
      failing.failAt = at;
      MoveException failure = assertThrows(MoveException.class, () -> move(failing));
      assertEquals("broken off", failure.getMessage());
      assertFalse(failure.isOccupied());
      assertEquals(Set.of(), other.names(), "what was copied is gone");
      assertEquals(before, database.<TreeMap<String, String>>read(s -> dump(s)));
    }
    save("note-1", -1);
    failing.failAt = Integer.MAX_VALUE;
    move(failing);
    assertEquals(-1, notes.getDocument("note-1").getInt("value"));
  }

  @Test
  void anotherDatabaseInTheTargetIsLeftAlone() {
    try (LocalDatabase foreign = new LocalDatabase("test", other)) {
      foreign.getDefaultCollection().save(new MutableDocument("foreign"));
    }
    TreeMap<String, String> before = entries(other);
    MoveException refusal = assertThrows(MoveException.class, () -> move(other));
    assertTrue(refusal.isOccupied());
    assertTrue(refusal.getMessage().contains("another database"), refusal.getMessage());
    assertEquals(before, entries(other));
    save("works", 1);
  }

  @Test
  void anOlderCopyIsReplacedAndAPossiblyNewerOneIsNot() {
    fill(10);
    move(other);
    MemoryStore third = new MemoryStore();
    save("second", 2);
    move(third);
    save("third", 3);
    move(other);
    assertNotNull(notes.getDocument("third"));
    // A copy by hand says the same of itself as the one it was copied from.
    MemoryStore byHand = new MemoryStore();
    try (Space copy = byHand.open("test")) {
      database.<Boolean>read(
          snapshot ->
              copy.write(
                  transaction -> {
                    try (Cursor cursor = snapshot.scan(new byte[0], null)) {
                      while (cursor.next()) {
                        transaction.put(cursor.key(), cursor.value());
                      }
                    }
                    return true;
                  }));
    }
    MoveException refusal = assertThrows(MoveException.class, () -> move(byHand));
    assertTrue(refusal.getMessage().contains("may be newer"), refusal.getMessage());
  }

  @Test
  void aCopyThatWasLeftIsNotOpened() {
    move(other);
    database.close();
    StoreException refusal =
        assertThrows(StoreException.class, () -> new LocalDatabase("test", one));
    assertEquals("test was moved from here to store other", refusal.getMessage());
    new LocalDatabase("test", other).close();
  }

  @Test
  void closingInTheMiddleBreaksTheMoveOff() throws Exception {
    fill(100);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    FutureTask<Move.Moved> moving =
        new FutureTask<>(
            () ->
                move(
                    other,
                    progress -> {
                      begun.countDown();
                      Await.opens(closing, "the close");
                    }));
    start(moving);
    Await.opens(begun, "the move");
    database.stopMoving();
    database.close();
    closing.countDown();
    Exception failure = assertThrows(Exception.class, () -> moving.get(10, TimeUnit.SECONDS));
    assertEquals("the move was broken off", failure.getCause().getMessage());
    assertEquals(Set.of(), other.names());
    try (LocalDatabase again = new LocalDatabase("test", one)) {
      assertEquals(101, again.getDefaultCollection().getCount() + 1);
    }
  }

  @Test
  void deletingAfterAMoveDeletesWhereItIs() {
    move(other);
    database.delete();
    assertEquals(Set.of(), other.names());
    assertEquals(Set.of("test"), one.names(), "the copy left is the operator's");
  }

  @Test
  void progressEndsWithAllDocumentsAndNeverSaysHundredBefore() {
    fill(1000);
    List<Progress> told = new ArrayList<>();
    Move.Moved moved = move(other, told::add);
    assertTrue(told.stream().allMatch(progress -> progress.percent() < 100));
    assertEquals(1002, moved.copied().documents());
    assertEquals(1002, moved.copied().allDocuments());
    assertEquals("1,002 of 1,002 documents, 2 of 2 blobs, 99 %", moved.copied().toString());
    assertNotEquals(0, moved.barrier().toNanos());
  }
}
