// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Blob;
import dev.divan.database.BlobMissingException;
import dev.divan.database.Collection;
import dev.divan.database.CollectionChange;
import dev.divan.database.ConcurrencyControl;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.Document;
import dev.divan.database.InvalidDocumentException;
import dev.divan.database.ListenerToken;
import dev.divan.database.MutableDocument;
import dev.divan.database.Scope;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LocalDatabaseTest {
  private final MemoryStore store = new MemoryStore();
  private LocalDatabase database = new LocalDatabase("test", store);
  private Collection collection = database.getDefaultCollection();

  @AfterEach
  void close() {
    database.close();
  }

  private void reopen() {
    database.close();
    database = new LocalDatabase("test", store);
    collection = database.getDefaultCollection();
  }

  @Test
  void whatIsSavedIsReadAgainAfterReopening() {
    MutableDocument document = new MutableDocument("d", "{\"hi\":\"there\"}");
    collection.save(document);
    assertEquals("1-4fc27db1ae8261b84641d9170f4699df2b6943be", document.getRevisionID());
    assertEquals(1, document.getSequence());
    UUID uuid = database.getUuid();
    reopen();
    Document read = collection.getDocument("d");
    assertEquals("{\"hi\":\"there\"}", read.toJSON());
    assertEquals(document.getRevisionID(), read.getRevisionID());
    assertEquals(1, read.getSequence());
    assertEquals(1, collection.getCount());
    assertEquals(1, collection.getLastSequence());
    assertEquals(uuid, database.getUuid());
  }

  @Test
  void aDeletionLeavesATombstoneOnWhichTheDocumentMayBeMadeAgain() {
    MutableDocument document = new MutableDocument("d");
    collection.save(document);
    collection.delete(document);
    assertNull(collection.getDocument("d"));
    assertEquals(0, collection.getCount());
    assertTrue(document.getRevisionID().startsWith("2-"));
    collection.delete(document);
    assertEquals(2, collection.getLastSequence());
    MutableDocument again = new MutableDocument("d");
    assertTrue(collection.save(again, ConcurrencyControl.FAIL_ON_CONFLICT));
    assertTrue(again.getRevisionID().startsWith("3-"));
    assertEquals(1, collection.getCount());
  }

  @Test
  @DisplayName("B102: the last write wins, or loses if it asked to")
  void concurrencyControl() {
    collection.save(new MutableDocument("d").setInt("n", 1));
    MutableDocument mine = collection.getDocument("d").toMutable().setInt("n", 2);
    MutableDocument yours = collection.getDocument("d").toMutable().setInt("n", 3);
    assertTrue(collection.save(mine, ConcurrencyControl.FAIL_ON_CONFLICT));
    assertFalse(collection.save(yours, ConcurrencyControl.FAIL_ON_CONFLICT));
    assertFalse(collection.delete(yours, ConcurrencyControl.FAIL_ON_CONFLICT));
    assertFalse(collection.save(new MutableDocument("d"), ConcurrencyControl.FAIL_ON_CONFLICT));
    assertEquals(2, collection.getDocument("d").getInt("n"));
    collection.save(yours);
    assertEquals(3, collection.getDocument("d").getInt("n"));
    assertTrue(yours.getRevisionID().startsWith("3-"));
  }

  @Test
  void aConflictHandlerMergesOrGivesUp() {
    collection.save(new MutableDocument("d").setInt("a", 1));
    MutableDocument mine = collection.getDocument("d").toMutable().setInt("b", 2);
    collection.save(collection.getDocument("d").toMutable().setInt("a", 5));
    assertFalse(collection.save(mine, (document, stored) -> false));
    assertTrue(
        collection.save(
            mine,
            (document, stored) -> {
              document.setInt("a", stored.getInt("a"));
              return true;
            }));
    assertEquals("{\"a\":5,\"b\":2}", collection.getDocument("d").toJSON());
    MutableDocument late = collection.getDocument("d").toMutable();
    collection.delete(collection.getDocument("d"));
    assertTrue(
        collection.save(
            late,
            (document, stored) -> {
              assertNull(stored);
              return true;
            }));
    assertNotNull(collection.getDocument("d"));
  }

  @Test
  void aHandlerIsAskedAgainIfTheDocumentChangesMeanwhile() {
    collection.save(new MutableDocument("d").setInt("n", 0));
    MutableDocument mine = collection.getDocument("d").toMutable();
    collection.save(collection.getDocument("d").toMutable().setInt("n", 1));
    int[] asked = new int[1];
    assertTrue(
        collection.save(
            mine,
            (document, stored) -> {
              if (++asked[0] == 1) {
                collection.save(collection.getDocument("d").toMutable().setInt("n", 2));
              } else {
                assertEquals(2, stored.getInt("n"));
              }
              return true;
            }));
    assertEquals(2, asked[0]);
  }

  @ParameterizedTest
  @DisplayName("86: what may not be a document ID")
  @ValueSource(strings = {"", "_x", "a\u0001", "a\u0000b", "a\u007f", "a\u0085", "\ud800"})
  void badDocumentIds(String id) {
    assertThrows(InvalidDocumentException.class, () -> collection.save(new MutableDocument(id)));
    assertNull(collection.getDocument("_x"));
  }

  @Test
  @DisplayName("86: document IDs have up to 240 bytes of UTF-8")
  void longDocumentIds() {
    String longest = "ä".repeat(120);
    collection.save(new MutableDocument(longest));
    assertNotNull(collection.getDocument(longest));
    MutableDocument longer = new MutableDocument(longest + "a");
    assertThrows(InvalidDocumentException.class, () -> collection.save(longer));
    assertNull(collection.getDocument("x".repeat(2000)));
  }

  @ParameterizedTest
  @DisplayName("B113: reserved keys are refused")
  @ValueSource(strings = {"_id", "_rev", "_deleted", "_x"})
  void reservedKeys(String key) {
    MutableDocument document = new MutableDocument("d").setInt(key, 1);
    assertThrows(InvalidDocumentException.class, () -> collection.save(document));
    assertEquals(0, collection.getCount());
  }

  @Test
  void aPurgedDocumentIsForgotten() {
    MutableDocument document = new MutableDocument("d");
    collection.save(document);
    collection.setDocumentExpiration("d", Instant.now().plusSeconds(1000));
    collection.purge("d");
    collection.purge("d");
    assertNull(collection.getDocument("d"));
    assertNull(collection.getDocumentExpiration("d"));
    assertEquals(0, collection.getCount());
    assertTrue(changes(0).isEmpty());
    collection.save(new MutableDocument("d"));
    assertTrue(collection.getDocument("d").getRevisionID().startsWith("1-"));
  }

  private List<?> changes(long since) {
    return database.adapt(ReplicaDatabase.class).replica(collection).changes(since, 100, null);
  }

  @Test
  void documentsAreWalkedInTheOrderOfTheirIds() {
    List<String> expected = new ArrayList<>();
    for (int i = 999; i >= 0; i--) {
      collection.save(new MutableDocument("d" + i));
      expected.add("d" + i);
    }
    collection.delete(collection.getDocument("d500"));
    expected.remove("d500");
    expected.sort(null);
    List<String> walked = new ArrayList<>();
    collection.forEach(document -> walked.add(document.getId()));
    assertEquals(expected, walked);
    walked.clear();
    collection.forEach("d2", "d21", 5, document -> walked.add(document.getId()));
    assertEquals(List.of("d2", "d20", "d200", "d201", "d202"), walked);
    walked.clear();
    collection.forEach("d998", null, 100, document -> walked.add(document.getId()));
    assertEquals(List.of("d998", "d999"), walked);
    collection.forEach(document -> collection.delete(document));
    assertEquals(0, collection.getCount());
  }

  @Test
  void aBatchBecomesVisibleTogether() {
    BlockingQueue<CollectionChange> heard = new LinkedBlockingQueue<>();
    collection.addChangeListener(heard::add);
    collection.save(new MutableDocument("old").setInt("n", 0));
    assertEquals(List.of("old"), Await.next(heard, () -> "a change").documentIDs());
    database.inBatch(
        () -> {
          collection.save(new MutableDocument("a").setInt("n", 1));
          collection.save(collection.getDocument("a").toMutable().setInt("n", 2));
          collection.delete(collection.getDocument("old"));
          database.inBatch(() -> collection.save(new MutableDocument("b")));
          List<String> seen = new ArrayList<>();
          collection.forEach(document -> seen.add(document.getId()));
          assertEquals(List.of("a", "b"), seen);
          Thread outside = new Thread(() -> assertNullElsewhere("a"));
          outside.start();
          join(outside);
        });
    assertEquals(2, collection.getDocument("a").getInt("n"));
    assertEquals(2, collection.getCount());
    assertEquals(List.of("a", "old", "b"), Await.next(heard, () -> "a change").documentIDs());
    assertEquals(5, collection.getLastSequence());
    reopen();
    assertEquals(2, collection.getCount());
    assertEquals(5, collection.getLastSequence());
  }

  private void assertNullElsewhere(String id) {
    assertNull(collection.getDocument(id));
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBatchThatFailsLeavesNothing() {
    collection.save(new MutableDocument("old"));
    assertThrows(
        IllegalStateException.class,
        () ->
            database.inBatch(
                () -> {
                  collection.save(new MutableDocument("a"));
                  collection.purge("old");
                  throw new IllegalStateException("enough");
                }));
    assertNull(collection.getDocument("a"));
    assertNotNull(collection.getDocument("old"));
    assertEquals(1, collection.getCount());
    assertEquals(1, collection.getLastSequence());
    collection.save(new MutableDocument("b"));
    assertEquals(2, collection.getLastSequence());
  }

  @Test
  void whatFailsInsideABatchDoesNotSpoilIt() {
    database.inBatch(
        () -> {
          collection.save(new MutableDocument("a"));
          MutableDocument bad =
              new MutableDocument("bad")
                  .setValue("b", Map.of("@type", "blob", "digest", Digests.MISSING));
          assertThrows(BlobMissingException.class, () -> collection.save(bad));
          assertThrows(
              IllegalStateException.class, () -> database.createCollection("c", "_default"));
        });
    assertEquals(1, collection.getCount());
  }

  /** A digest whose bytes nobody has. */
  private static final class Digests {
    static final String MISSING = "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  }

  @Test
  void collectionsAreMadeFoundAndDeleted() {
    assertEquals(List.of("_default._default"), database.getCollectionNames());
    Collection items = database.createCollection("items", "shop");
    assertEquals(items, database.createCollection("items", "shop"));
    items.save(new MutableDocument("i"));
    items.setDocumentExpiration("i", Instant.now().plusSeconds(1000));
    collection.save(new MutableDocument("d"));
    assertEquals(1, items.getLastSequence());
    assertEquals("shop.items", items.getFullName());
    assertEquals(2, database.getScopes().size());
    assertEquals(List.of(items), List.copyOf(database.getScope("shop").getCollections()));
    assertNull(database.getScope("none"));
    reopen();
    assertEquals(List.of("_default._default", "shop.items"), database.getCollectionNames());
    Collection found = database.getCollection("items", "shop");
    assertNotNull(found.getDocument("i"));
    database.deleteCollection("items", "shop");
    assertNull(database.getCollection("items", "shop"));
    assertThrows(RuntimeException.class, () -> found.save(new MutableDocument("j")));
    assertNull(database.createCollection("items", "shop").getDocument("i"));
    assertNotNull(collection.getDocument("d"));
    assertThrows(
        IllegalArgumentException.class,
        () -> database.deleteCollection(Collection.DEFAULT_NAME, Scope.DEFAULT_NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_x", "%x", "a.b", "a b", "ä"})
  void badNames(String name) {
    assertThrows(IllegalArgumentException.class, () -> database.createCollection(name, "_default"));
    assertThrows(IllegalArgumentException.class, () -> database.createCollection("c", name));
    if (!name.equals("a.b")) {
      assertThrows(IllegalArgumentException.class, () -> new LocalDatabase(name + "/", store));
    }
  }

  @Test
  void blobsAreStoredOnceAndReadAsStreams() throws Exception {
    byte[] content = "Hello blob".getBytes();
    Blob blob = new Blob("text/plain", content);
    collection.save(new MutableDocument("d").setBlob("b", blob));
    assertEquals("sha1-oeiRBwumjZKwm7Ohb9qO+xcZhcQ=", blob.digest());
    collection.save(
        new MutableDocument("e").setBlob("b", new Blob("", new ByteArrayInputStream(content))));
    Blob read = collection.getDocument("e").getBlob("b");
    assertEquals(10, read.length());
    try (InputStream in = read.getContentStream()) {
      assertArrayEquals(content, in.readAllBytes());
    }
    Document other = collection.getDocument("d");
    assertEquals("text/plain", other.getBlob("b").getContentType());
    assertArrayEquals(content, other.getBlob("b").getContent());
    collection.save(other.toMutable().setInt("n", 1));
    assertArrayEquals(content, collection.getDocument("d").getBlob("b").getContent());
    assertNotNull(database.getBlob(Map.of("@type", "blob", "digest", blob.digest())));
    assertNull(database.getBlob(Map.of("@type", "blob", "digest", Digests.MISSING)));
  }

  @Test
  void aDocumentIsNotStoredWithoutItsBlobs() {
    MutableDocument document =
        new MutableDocument("d")
            .setValue("b", List.of(Map.of("@type", "blob", "digest", Digests.MISSING)));
    assertThrows(BlobMissingException.class, () -> collection.save(document));
    Blob spent = new Blob("", new ByteArrayInputStream(new byte[1]));
    collection.save(new MutableDocument("e").setBlob("b", spent));
    assertEquals(1, collection.getCount());
  }

  @Test
  void compactingRemovesBlobsNobodyMentions() {
    Blob kept = new Blob("", new byte[] {1});
    Blob replaced = new Blob("", new byte[] {2});
    collection.save(new MutableDocument("d").setValue("l", List.of(Map.of("b", kept))));
    collection.save(new MutableDocument("e").setBlob("b", replaced));
    Blob orphan = database.saveBlob(new Blob("", new byte[] {3}));
    assertEquals(1, database.compact());
    assertNull(database.getBlob(dictionary(orphan)));
    collection.save(new MutableDocument("e"));
    assertEquals(1, database.compact());
    assertNull(database.getBlob(dictionary(replaced)));
    assertNotNull(database.getBlob(dictionary(kept)));
    assertEquals(0, database.compact());
  }

  private static Map<String, String> dictionary(Blob blob) {
    return Map.of("@type", "blob", "digest", blob.digest());
  }

  @Test
  void listenersHearOfDocumentsOnceAndUntilTheyGo() throws Exception {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    BlockingQueue<CollectionChange> heard = new LinkedBlockingQueue<>();
    collection.addChangeListener(
        change -> {
          heard.add(change);
          Await.opens(mayGoOn, "the permission to go on");
        });
    collection.save(new MutableDocument("first"));
    assertEquals(List.of("first"), Await.next(heard, () -> "a change").documentIDs());
    for (int i = 0; i < 5; i++) {
      collection.save(new MutableDocument("a"));
      collection.save(new MutableDocument("b"));
    }
    mayGoOn.countDown();
    assertEquals(List.of("a", "b"), Await.next(heard, () -> "a change").documentIDs());
    BlockingQueue<String> one = new LinkedBlockingQueue<>();
    ListenerToken token =
        collection.addDocumentChangeListener("a", change -> one.add(change.documentID()));
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    collection.addChangeListener(
        task -> {
          threads.add("mine");
          task.run();
        },
        change -> threads.add(change.documentIDs().get(0)));
    collection.save(new MutableDocument("b"));
    collection.save(new MutableDocument("a"));
    assertEquals("a", Await.next(one, () -> "another change"));
    assertEquals("mine", Await.next(threads, () -> "another change"));
    assertEquals("b", Await.next(threads, () -> "another change"));
    token.remove();
    token.remove();
    collection.addChangeListener(
        change -> {
          throw new IllegalStateException("a listener that fails");
        });
    collection.save(new MutableDocument("a"));
    collection.save(new MutableDocument("last"));
    List<String> all = new ArrayList<>();
    while (!all.contains("last")) {
      all.addAll(Await.next(heard, () -> "a change").documentIDs());
    }
    assertTrue(one.isEmpty());
  }

  @Test
  @DisplayName("B118: expired is purged, also what expired while the database was closed")
  void expiration() {
    BlockingQueue<CollectionChange> heard = new LinkedBlockingQueue<>();
    for (String id : List.of("soon", "past", "late", "never", "withdrawn")) {
      collection.save(new MutableDocument(id));
    }
    Instant late = Instant.ofEpochMilli(System.currentTimeMillis() + 1_000_000);
    collection.setDocumentExpiration("late", late);
    collection.setDocumentExpiration("withdrawn", Instant.now().plusMillis(300));
    collection.setDocumentExpiration("withdrawn", null);
    assertEquals(late, collection.getDocumentExpiration("late"));
    assertNull(collection.getDocumentExpiration("never"));
    collection.addChangeListener(heard::add);
    collection.setDocumentExpiration("soon", Instant.now().plusMillis(50));
    assertEquals(List.of("soon"), Await.next(heard, () -> "a change").documentIDs());
    collection.setDocumentExpiration("past", Instant.EPOCH);
    assertEquals(List.of("past"), Await.next(heard, () -> "a change").documentIDs());
    assertNull(collection.getDocument("past"));
    assertEquals(3, collection.getCount());
    collection.setDocumentExpiration("late", Instant.now().plusMillis(200));
    reopen();
    collection.addChangeListener(heard::add);
    if (collection.getDocument("late") != null) {
      assertEquals(List.of("late"), Await.next(heard, () -> "a change").documentIDs());
    }
    assertNull(collection.getDocument("late"));
    assertNotNull(collection.getDocument("withdrawn"));
    assertThrows(
        InvalidDocumentException.class,
        () -> collection.setDocumentExpiration("none", Instant.now()));
  }

  @Test
  void aClosedDatabaseSaysSo() {
    List<String> order = new ArrayList<>();
    database.onClose(() -> collection.save(new MutableDocument("d")));
    database.onClose(
        () -> {
          throw new IllegalStateException("a hook that fails");
        });
    database.onClose(() -> order.add(collection.getDocument("d").getId()));
    database.onClose(database::close);
    ListenerToken token = database.onClose(() -> order.add("taken back"));
    token.remove();
    database.close();
    database.close();
    assertEquals(List.of("d"), order);
    assertEquals("test", database.getName());
    assertThrows(DatabaseClosedException.class, () -> collection.save(new MutableDocument()));
    assertThrows(DatabaseClosedException.class, () -> collection.getDocument("d"));
    assertThrows(DatabaseClosedException.class, () -> database.getDefaultCollection());
    assertThrows(DatabaseClosedException.class, () -> database.inBatch(() -> {}));
    assertThrows(DatabaseClosedException.class, () -> collection.getCount());
  }

  @Test
  void hooksHoldNobodyUpButWhoClosesWaitsUntilItIsDone() throws Exception {
    CountDownLatch inHook = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    ListenerToken other = database.onClose(() -> order.add("hook"));
    database.onClose(
        () -> {
          inHook.countDown();
          Await.opens(goOn, "the permission to go on");
        });
    Thread first = new Thread(database::close);
    first.start();
    Await.opens(inHook, "the hook");
    // would wait for the hook if that ran under the lock
    assertThrows(DatabaseClosedException.class, () -> database.onClose(() -> order.add("late")));
    other.remove();
    collection.save(new MutableDocument("while it closes"));
    Thread second =
        new Thread(
            () -> {
              database.close();
              order.add(database.isClosed() ? "closed" : "still open");
            });
    second.start();
    Await.waits(second);
    goOn.countDown();
    first.join();
    second.join();
    assertEquals(List.of("hook", "closed"), order);
  }

  @Test
  void aDeletedDatabaseIsMadeAnew() {
    UUID uuid = database.getUuid();
    collection.save(new MutableDocument("d"));
    database.delete();
    assertFalse(store.names().contains("test"));
    database = new LocalDatabase("test", store);
    assertNotEquals(uuid, database.getUuid());
    assertEquals(0, database.getDefaultCollection().getCount());
  }

  @Test
  void threadsThatSaveTogetherLoseNothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int number = t;
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  collection.save(new MutableDocument("d" + number + "-" + i));
                  MutableDocument shared;
                  do {
                    Document found = collection.getDocument("shared");
                    shared = found == null ? new MutableDocument("shared") : found.toMutable();
                    shared.setInt("n", shared.getInt("n") + 1);
                  } while (!collection.save(shared, ConcurrencyControl.FAIL_ON_CONFLICT));
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4000, collection.getDocument("shared").getInt("n"));
    assertEquals(4001, collection.getCount());
    assertEquals(8000, collection.getLastSequence());
    assertEquals(
        4001,
        database.adapt(ReplicaDatabase.class).replica(collection).changes(0, 10_000, null).size());
  }
}
