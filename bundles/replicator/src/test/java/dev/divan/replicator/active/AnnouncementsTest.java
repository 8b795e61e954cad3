// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.testkit.fake.Fake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
  private final ArrayDeque<Runnable> workers = new ArrayDeque<>();
  private final List<String> heard = new ArrayList<>();
  private ReplicatorActivityLevel level = ReplicatorActivityLevel.CONNECTING;
  private final Announcements announcements = new Announcements(replicator(), workers::add);

  /** One that only knows its status. */
  private Replicator replicator() {
    return Fake.of(
        Replicator.class,
        new Object() {
          ReplicatorStatus getStatus() {
            return new ReplicatorStatus(level, new ReplicatorProgress(0, 0), null);
          }
        });
  }

  private void becomes(ReplicatorActivityLevel next) {
    level = next;
    announcements.statusChanged();
  }

  private void document(String id) {
    announcements.report(
        true, List.of(new ReplicatedDocument("_default", "_default", id, Set.of(), null)));
  }

  private void listen() {
    announcements.add(null, change -> heard.add("" + change.status().activityLevel()));
    announcements.add(replication -> heard.add(replication.documents().get(0).id()));
  }

  private void work() {
    for (Runnable task; (task = workers.poll()) != null; ) task.run();
  }

  @Test
  void documentsAreToldBeforeTheStatusThatFollowedThem() {
    listen();
    becomes(ReplicatorActivityLevel.BUSY);
    document("a");
    becomes(ReplicatorActivityLevel.STOPPED);
    work();
    assertEquals(List.of("BUSY", "a", "STOPPED"), heard);
  }

  @Test
  void aStatusThatCameAndWentIsSkippedTheLastNever() {
    listen();
    for (ReplicatorActivityLevel each : ReplicatorActivityLevel.values()) becomes(each);
    becomes(ReplicatorActivityLevel.IDLE);
    work();
    assertEquals(List.of("IDLE"), heard);
    becomes(ReplicatorActivityLevel.STOPPED);
    work();
    assertEquals(List.of("IDLE", "STOPPED"), heard);
  }

  @Test
  void aListenerThatFailsInAnyWayKeepsNothingFromTheOthers() {
    announcements.add(
        null,
        change -> {
          throw new StackOverflowError("a bad listener");
        });
    announcements.add(
        replication -> {
          throw new IllegalStateException("another");
        });
    listen();
    becomes(ReplicatorActivityLevel.BUSY);
    document("a");
    work();
    becomes(ReplicatorActivityLevel.IDLE);
    work();
    assertEquals(List.of("BUSY", "a", "IDLE"), heard);
  }
}
