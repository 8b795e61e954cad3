// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.testkit.await.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.condition.Condition;

class InSyncTest extends Site {
  private static final String MINE = "(&(osgi.condition.id=divan.insync)(replicator=site-b))";

  private final CountDownLatch letGo = new CountDownLatch(1);
  private final List<ServiceListener> strangers = new CopyOnWriteArrayList<>();

  @AfterEach
  void release() {
    letGo.countDown();
    strangers.forEach(framework.context()::removeServiceListener);
  }

  private static ServiceReference<Condition> condition() {
    try {
      BundleContext context = framework.context();
      return context.getServiceReferences(Condition.class, MINE).stream().findFirst().orElse(null);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void comes() {
    Await.until(() -> "in sync", () -> condition() != null);
  }

  private static void goes() {
    Await.until(() -> "not in sync", () -> condition() == null);
  }

  private void hear(ServiceListener stranger) {
    strangers.add(stranger);
    try {
      framework.context().addServiceListener(stranger, MINE);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void waitToBeLetGo() {
    try {
      letGo.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean has(Database database, String id) {
    return database.getDefaultCollection().getDocument(id) != null;
  }

  @Test
  void itComesWhenBothHaveEverythingAndGoesWithTheInstance() {
    for (int i = 0; i < 300; i++) {
      save(here, "h" + i, "{}");
      save(there, "t" + i, "{}");
    }
    surroundings();
    List<Boolean> equal = new CopyOnWriteArrayList<>();
    hear(
        event -> {
          if (event.getType() == ServiceEvent.REGISTERED)
            equal.add(
                here.getDefaultCollection().getCount() == 600
                    && there.getDefaultCollection().getCount() == 600);
        });
    activate();
    comes();
    assertFalse(equal.contains(false), "never before both were equal");
    assertEquals("here", condition().getProperty("database"));
    assertSame(Condition.INSTANCE, framework.context().getService(condition()));
    instance.deactivate();
    assertNull(condition());
    instance = null;
  }

  @Test
  void itGoesWhenTheConnectionIsCutAndComesBackAfterwards() {
    surroundings();
    activate();
    comes();
    ServiceReference<Condition> before = condition();
    nodes.session().close(4001, "cut");
    Await.until(() -> "another condition", () -> !before.equals(condition()));
    comes();
    assertEquals(2, dials.size(), "by another connection");
  }

  @Test
  void itGoesWithTheTransport() {
    database();
    var transport = transport();
    activate();
    comes();
    transport.unregister();
    goes();
    assertNull(service());
  }

  @Test
  void itGoesWhileADocumentIsPending() {
    surroundings();
    register(
        ReplicationFilter.class,
        (document, flags, peer) -> {
          if (document.getId().equals("slow")) waitToBeLetGo();
          return true;
        },
        "name",
        "gate");
    activate("pushFilter", "gate");
    comes();
    save(here, "slow", "{}");
    goes();
    assertFalse(has(there, "slow"));
    letGo.countDown();
    comes();
    assertTrue(has(there, "slow"));
  }

  @Test
  void whatAFilterHoldsBackIsNotPending() {
    surroundings();
    register(
        ReplicationFilter.class,
        (document, flags, peer) -> !document.getId().equals("mine"),
        "name",
        "gate");
    activate("pushFilter", "gate");
    comes();
    save(here, "mine", "{}");
    save(here, "ours", "{}");
    arrives("ours");
    comes();
    assertFalse(has(there, "mine"));
  }

  @Test
  void itGoesWhileARevisionOfThePeerIsOnItsWay() {
    surroundings();
    register(
        ReplicationFilter.class,
        (document, flags, peer) -> {
          waitToBeLetGo();
          return true;
        },
        "name",
        "gate");
    activate("pullFilter", "gate", "type", "PULL");
    comes();
    save(here, "own", "{}");
    save(there, "slow", "{}");
    goes();
    letGo.countDown();
    comes();
    assertTrue(has(here, "slow"));
    assertFalse(has(there, "own"), "what is not to be pushed is not waited for");
  }

  @Test
  void aStrangerWhoHoldsUpTheNewsDoesNotKeepIt() {
    surroundings();
    register(DocumentReplicationListener.class, replication -> waitToBeLetGo());
    activate();
    comes();
    save(here, "a", "{}");
    arrives("a");
    nodes.session().close(4001, "cut");
    Await.until(() -> "a second connection", () -> dials.size() == 2);
    goes();
  }

  @Test
  void aStrangerWhoIsSlowWhenItComesHoldsUpNoDocument() {
    surroundings();
    CountDownLatch called = new CountDownLatch(1);
    hear(
        event -> {
          called.countDown();
          waitToBeLetGo();
        });
    activate();
    Await.until(() -> "a stranger is called", () -> called.getCount() == 0);
    save(here, "a", "{}");
    arrives("a");
    save(there, "b", "{}");
    Await.until(() -> "b", () -> has(here, "b"));
    instance.deactivate();
    instance = null;
    letGo.countDown();
    goes();
  }

  @Test
  void oneThatDoesNotStayConnectedHasNone() {
    surroundings();
    activate("continuous", false);
    Await.until(
        () -> "done",
        () ->
            !dials.isEmpty()
                && replicator().getStatus().activityLevel() == ReplicatorActivityLevel.STOPPED);
    assertNull(condition());
  }
}
