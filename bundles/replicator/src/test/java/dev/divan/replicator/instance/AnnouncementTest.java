// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChange;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.testing.ManualTimer;
import dev.divan.testkit.await.Await;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

class AnnouncementTest {
  @TempDir Path storage;

  /** Does what it is told to do. */
  private static final class Puppet implements Replicator {
    private volatile ReplicatorStatus status = status(ReplicatorActivityLevel.STOPPED);
    private ReplicatorChangeListener listener = change -> {};

    private static ReplicatorStatus status(ReplicatorActivityLevel level) {
      return new ReplicatorStatus(level, new ReplicatorProgress(0, 0), null);
    }

    void becomes(ReplicatorActivityLevel level) {
      status = status(level);
      listener.changed(new ReplicatorChange(this, status));
    }

    @Override
    public ReplicatorStatus getStatus() {
      return status;
    }

    @Override
    public ListenerToken addChangeListener(ReplicatorChangeListener heard) {
      listener = heard;
      return () -> listener = change -> {};
    }

    @Override
    public ReplicatorConfiguration getConfiguration() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void start() {}

    @Override
    public void start(boolean resetCheckpoint) {}

    @Override
    public void stop() {}

    @Override
    public ListenerToken addChangeListener(Executor executor, ReplicatorChangeListener heard) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ListenerToken addDocumentReplicationListener(DocumentReplicationListener heard) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<String> getPendingDocumentIds(Collection collection) {
      return Set.of();
    }

    @Override
    public boolean isDocumentPending(String documentID, Collection collection) {
      return false;
    }

    @Override
    public List<String> openWork() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  @Test
  void theActivityFollowsAtMostOnceASecond() throws Exception {
    ManualTimer timer = new ManualTimer();
    Puppet puppet = new Puppet();
    AtomicInteger modified = new AtomicInteger();
    try (TestFramework framework = new TestFramework(storage);
        Threads threads = new Threads(timer)) {
      ServiceListener counter =
          event -> {
            if (event.getType() == ServiceEvent.MODIFIED) modified.incrementAndGet();
          };
      framework.context().addServiceListener(counter, "(replicator.activity=*)");
      Announcement announcement =
          new Announcement(framework.context(), puppet, threads, () -> Map.of("name", "a"));
      var service = framework.context().getServiceReference(Replicator.class);
      assertEquals("STOPPED", service.getProperty("replicator.activity"));
      puppet.becomes(ReplicatorActivityLevel.CONNECTING);
      assertEquals("CONNECTING", service.getProperty("replicator.activity"), "the first at once");
      for (int i = 0; i < 1000; i++) {
        puppet.becomes(ReplicatorActivityLevel.BUSY);
        puppet.becomes(ReplicatorActivityLevel.IDLE);
      }
      assertEquals("CONNECTING", service.getProperty("replicator.activity"));
      ManualTimer.Pause rest = timer.next();
      assertEquals(1, rest.seconds());
      rest.end().run();
      Await.until(() -> "IDLE", () -> "IDLE".equals(service.getProperty("replicator.activity")));
      assertEquals(2, modified.get());
      announcement.close();
      assertNull(framework.context().getServiceReference(Replicator.class));
      puppet.becomes(ReplicatorActivityLevel.BUSY);
    }
  }
}
