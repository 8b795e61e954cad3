// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.testkit.fake.FakeReplicator;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ManagedReplicatorTest {
  private final FakeReplicator site = new FakeReplicator(ReplicatorActivityLevel.IDLE, 7, 9);
  private final AtomicLong millis = new AtomicLong(1000);
  private final ManagedReplicator bean =
      new ManagedReplicator("site-b", site.replicator, millis::get);

  @Test
  void theLastErrorOutlivesTheNextTry() {
    assertNull(bean.getLastError());
    assertNull(bean.getLastErrorTime());
    millis.set(2000);
    site.become(
        ReplicatorActivityLevel.OFFLINE,
        new ReplicatorException(Domain.NETWORK, 19, true, "refused", null));
    millis.set(3000);
    site.become(ReplicatorActivityLevel.CONNECTING, null);
    assertEquals("NETWORK/19 refused", bean.getLastError());
    assertEquals(new Date(2000), bean.getLastErrorTime());
    assertEquals("CONNECTING", bean.getActivity());
    assertEquals(new Date(3000), bean.getActivitySince());
  }

  @Test
  void aConsoleThatPollsDoesNotCountPendingDocumentsEachTime() {
    site.pending = Set.of("a", "b");
    assertEquals(2, bean.getPending());
    assertEquals(2, bean.getPending());
    assertEquals(1, Collections.frequency(site.calls, "count"));
    site.pending = null;
    millis.addAndGet(PendingCount.FRESH_MILLIS);
    assertEquals(-1, bean.getPending(), "a closed database cannot be counted");
  }

  @Test
  void resettingStopsFirstAndThenStartsFromTheBeginning() {
    bean.resetCheckpoint();
    assertEquals(List.of("stop", "start true STOPPED"), site.calls);
    assertEquals(1, site.listeners.size(), "it listens no longer than needed");
  }

  @Test
  void startingAndStoppingReachTheReplicator() {
    bean.start();
    bean.stop();
    assertEquals(List.of("start", "stop"), site.calls);
  }

  @Test
  void closingLeavesNoListenerBehind() {
    bean.close();
    assertTrue(site.listeners.isEmpty());
  }
}
