// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.database.MutableDocument;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.testkit.await.Await;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Replicators made in code are services like configured ones. */
class ReplicatorsTest extends Site {
  private final Replicators replicators = new Replicators(framework.context(), threads);

  private ReplicatorConfiguration configuration() {
    return new ReplicatorConfiguration(endpoint)
        .addCollection(here.getDefaultCollection())
        .setContinuous(true);
  }

  @Test
  void itIsAServiceUntilItIsClosed() {
    transport();
    Replicator made = replicators.create(configuration());
    assertSame(made, replicator());
    assertEquals("here", service().getProperty("name"));
    assertEquals("here", service().getProperty("database.name"));
    assertEquals(endpoint.url().toString(), service().getProperty("replicator.url"));
    assertEquals("STOPPED", service().getProperty(Announcement.ACTIVITY));
    here.getDefaultCollection().save(new MutableDocument("one"));
    made.start();
    arrives("one");
    made.close();
    assertNull(service());
    assertEquals(ReplicatorActivityLevel.STOPPED, made.getStatus().activityLevel());
  }

  @Test
  void listenersThatAreServicesHearItsNameAndItsLastWord() {
    transport();
    var heard = new ConcurrentLinkedQueue<String>();
    register(
        ReplicatorChangeListener.class,
        change -> heard.add(MDC.get("replicator") + " " + change.getStatus().activityLevel()),
        "replicator.target",
        "(name=here)");
    try (Replicator made = replicators.create(configuration())) {
      made.start();
      rests();
    }
    Await.until(() -> "the last word, not " + heard, () -> heard.contains("here STOPPED"));
  }

  @Test
  void itEndsWithItsDatabase() {
    transport();
    replicators.create(configuration());
    here.close();
    assertNull(service());
  }

  @Test
  void thoseStillOpenAreClosedWithTheBundle() {
    transport();
    Replicator made = replicators.create(configuration());
    made.start();
    replicators.deactivate();
    assertNull(service());
    assertEquals(ReplicatorActivityLevel.STOPPED, made.getStatus().activityLevel());
  }

  @Test
  void nothingIsLeftOfOneThatCannotBeMade() {
    assertThrows(IllegalStateException.class, () -> replicators.create(configuration()));
    transport();
    assertThrows(
        IllegalArgumentException.class,
        () -> replicators.create(new ReplicatorConfiguration(endpoint)));
    assertNull(service());
  }
}
