// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.keys.Keys;
import dev.divan.database.record.ChangeEntry;
import dev.divan.database.record.Record;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.database.table.DocumentTable;
import dev.divan.json.Body;
import dev.divan.store.Cursor;
import dev.divan.store.StoreException;
import dev.divan.store.memory.MemoryStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random work, compared with a map, over stores that fail and that run work more than once. */
@Timeout(60)
class ModelTest {
  private static final Instant FAR = Instant.parse("2200-01-01T00:00:00Z");

  private final FailingStore store = new FailingStore(new MemoryStore());
  private LocalDatabase database = new LocalDatabase("test", store);
  private final Map<String, Integer> model = new TreeMap<>();

  /** One random step, on the database and on the model; the model changes only if it succeeds. */
  private void step(Random random) {
    Collection collection = database.getDefaultCollection();
    String id = "d" + random.nextInt(20);
    int n = random.nextInt(1000);
    Document found = collection.getDocument(id);
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        MutableDocument document = found == null ? new MutableDocument(id) : found.toMutable();
        collection.save(document.setInt("n", n));
        model.put(id, n);
      }
      case 2 -> {
        if (found != null) {
          collection.delete(found);
          model.remove(id);
        }
      }
      case 3 -> {
        collection.purge(id);
        model.remove(id);
      }
      case 4 -> {
        if (found != null) {
          collection.setDocumentExpiration(id, random.nextBoolean() ? FAR : null);
        }
      }
      case 5 -> {
        String other = "d" + random.nextInt(20);
        database.inBatch(
            () -> {
              collection.save(new MutableDocument(id).setInt("n", n));
              collection.save(new MutableDocument(other).setInt("n", n + 1));
              collection.purge("d0");
            });
        model.put(id, n);
        model.put(other, n + 1);
        model.remove("d0");
      }
      default -> insert(collection, random, n);
    }
  }

  private void insert(Collection collection, Random random, int n) {
    Replica replica = database.adapt(ReplicaDatabase.class).replica(collection);
    List<IncomingRevision> revisions = new ArrayList<>();
    Map<String, Integer> stored = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      String id = "d" + (random.nextInt(6) + 6 * i);
      Change current = replica.change(id, null);
      Body body = Body.examine(("{\"n\":" + (n + i) + "}").getBytes(StandardCharsets.UTF_8));
      int generation = current == null ? 1 : Integer.parseInt(current.revID().split("-")[0]) + 1;
      List<String> history = current == null ? List.of() : List.of(current.revID());
      String revID = generation + "-" + String.format("%08x", random.nextInt());
      revisions.add(new IncomingRevision(id, revID, history, false, body, "peer" + i));
      stored.put(id, n + i);
    }
    List<Outcome> outcomes = replica.insert(revisions).toCompletableFuture().join();
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Outcome.Refused refused) {
        throw new StoreException(refused.text());
      }
    }
    model.putAll(stored);
  }

  private void verify() {
    LocalCollection collection = (LocalCollection) database.getDefaultCollection();
    Map<String, Integer> read = new TreeMap<>();
    collection.forEach(document -> read.put(document.getId(), document.getInt("n")));
    assertEquals(model, read);
    assertEquals(model.size(), collection.getCount());
    DocumentTable table = collection.table();
    Map<Long, String> bySequence = new TreeMap<>();
    Map<Long, String> indexed = new TreeMap<>();
    long expirations =
        database.read(
            snapshot -> {
              byte[] from = table.keys().documents();
              try (Cursor cursor = snapshot.scan(from, Keys.after(from))) {
                while (cursor.next()) {
                  Record record = new Record(cursor.value());
                  bySequence.put(
                      record.sequence(),
                      table.keys().documentID(cursor.key()) + " " + record.revID());
                }
              }
              from = table.keys().sequences();
              try (Cursor cursor = snapshot.scan(from, Keys.after(from))) {
                while (cursor.next()) {
                  ChangeEntry entry = ChangeEntry.decode(cursor.value());
                  indexed.put(
                      table.keys().sequence(cursor.key()),
                      entry.documentID() + " " + entry.revID());
                }
              }
              long count = 0;
              from = Keys.expirations();
              try (Cursor cursor = snapshot.scan(from, Keys.after(from))) {
                while (cursor.next()) {
                  Keys.Expiration entry = Keys.expiration(cursor.key());
                  byte[] id = entry.documentID().getBytes(StandardCharsets.UTF_8);
                  assertEquals(entry.at(), table.expires(snapshot, id));
                  assertTrue(table.get(snapshot, id) != null);
                  count++;
                }
              }
              return count;
            });
    assertTrue(expirations <= 20);
    assertEquals(bySequence, indexed);
    long last = bySequence.isEmpty() ? 0 : ((TreeMap<Long, String>) bySequence).lastKey();
    assertTrue(collection.getLastSequence() >= last);
  }

  private void reopen() {
    database.close();
    database = new LocalDatabase("test", store);
  }

  @Test
  void randomWorkLeavesWhatAMapWould() {
    Random random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      step(random);
      if (i % 100 == 0) {
        reopen();
        verify();
      }
    }
    verify();
    database.close();
  }

  @Test
  void workRunTwiceIsDoneOnce() {
    store.twice = true;
    Random random = new Random(12);
    for (int i = 0; i < 1000; i++) {
      step(random);
    }
    verify();
    reopen();
    verify();
    database.close();
  }

  @Test
  void aCommitThatBreaksOffAnywhereLeavesNothingOfItself() {
    Random random = new Random(13);
    int failures = 0;
    for (int i = 0; i < 1500; i++) {
      store.writes = 0;
      store.failAt = 1 + random.nextInt(25);
      try {
        step(random);
      } catch (StoreException e) {
        failures++;
      }
      store.failAt = Integer.MAX_VALUE;
      verify();
      if (i % 50 == 0) {
        reopen();
        verify();
      }
    }
    assertTrue(failures > 200, "too few failures to show anything: " + failures);
    database.close();
  }
}
