// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.move.MoveException;
import dev.divan.database.move.Whereabouts;
import dev.divan.database.move.Whereabouts.Finding;
import dev.divan.database.move.Whereabouts.Memory;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that is killed in every step of a move, and started again. */
@Timeout(60)
class MoveCutTest {
  private static final int DOCUMENTS = 40;

  private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();

  @Test
  void aCutInAnyStepOfAMoveLosesNothingThatWasAcknowledged() {
    int steps = steps();
    assertTrue(steps >= 5, "creates, marks, copies, leaves, decides: " + steps);
    for (int step = 1; step <= steps; step++) {
      for (boolean after : new boolean[] {false, true}) {
        for (String wanted : new String[] {"other", "one"}) {
          acknowledged.clear();
          cut(step, after, wanted, false);
        }
      }
    }
  }

  @Test
  void aCutWhileOthersWriteLosesNothingThatWasAcknowledged() {
    Random random = new Random(4711);
    for (int round = 0; round < 60; round++) {
      acknowledged.clear();
      cut(
          1 + random.nextInt(40),
          random.nextBoolean(),
          random.nextBoolean() ? "other" : "one",
          true);
    }
  }

  private int steps() {
    CutStore.Node node = new CutStore.Node();
    CutStore one = new CutStore(node);
    CutStore other = new CutStore(node);
    try (LocalDatabase database = filled(one)) {
      node.killAt(Integer.MAX_VALUE, false);
      database.moveTo(other, "one", "other", progress -> {});
      return node.steps();
    }
  }

  private LocalDatabase filled(CutStore store) {
    LocalDatabase database = new LocalDatabase("test", store);
    for (int i = 0; i < DOCUMENTS; i++) {
      save(database, "d" + i, i);
    }
    return database;
  }

  private void save(LocalDatabase database, String id, int value) {
    database.getDefaultCollection().save(new MutableDocument(id).setInt("value", value));
    acknowledged.put(id, value);
  }

  private void cut(int step, boolean after, String wanted, boolean writing) {
    String where = "cut at " + step + (after ? ", done" : "") + ", wanted in " + wanted;
    CutStore.Node node = new CutStore.Node();
    CutStore one = new CutStore(node);
    CutStore other = new CutStore(node);
    LocalDatabase database = filled(one);
    UUID uuid = database.getUuid();
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = new Thread(() -> write(database, done));
    if (writing) {
      writer.start();
    }
    node.killAt(step, after);
    try {
      database.moveTo(other, "one", "other", progress -> {});
    } catch (MoveException killed) {
      assertTrue(node.isDead(), where);
    } finally {
      done.set(true);
      join(writer);
    }
    database.close();

    CutStore.Node next = new CutStore.Node();
    Map<String, CutStore> stores =
        Map.of("one", one.restarted(next), "other", other.restarted(next));
    Finding finding =
        new Whereabouts("test", stores.keySet(), stores::get)
            .find(wanted, new Memory("one", uuid, 0));
    Finding.Here here = assertInstanceOf(Finding.Here.class, finding, where);
    CutStore store = stores.get(here.store());
    if (here.reclaim()) {
      Whereabouts.claim("test", store);
    }
    try (LocalDatabase again = new LocalDatabase("test", store)) {
      check(again, uuid, where);
      if (!here.store().equals(wanted)) {
        again.moveTo(stores.get(wanted), here.store(), wanted, progress -> {});
        check(again, uuid, where + ", moved after all");
      }
    }
  }

  private void write(LocalDatabase database, AtomicBoolean done) {
    try {
      for (int i = 0; !done.get(); i++) {
        save(database, "d" + i % 100, i);
      }
    } catch (RuntimeException killed) {
      // The last one is not acknowledged.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(LocalDatabase database, UUID uuid, String where) {
    assertEquals(uuid, database.getUuid(), where);
    acknowledged.forEach(
        (id, value) -> {
          Document document = database.getDefaultCollection().getDocument(id);
          assertNotNull(document, where);
          assertTrue(document.getInt("value") >= value, where);
        });
  }
}
