// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static dev.divan.replicator.testing.Nodes.becomeEqual;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Document;
import dev.divan.instance.Notice;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.DocumentReplication;
import dev.divan.replicator.DocumentReplicationListener;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorChange;
import dev.divan.replicator.ReplicatorChangeListener;
import dev.divan.testkit.await.Await;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.MDC;

/** Services of other bundles that say for which replicators they are. */
class WhiteboardTest extends Site {
  private static final String TARGET = "replicator.target";
  private static final String SITE_B = "(&(name=site-b)(database.name=here))";

  @Test
  void aFilterForThisReplicatorIsUsedAtOnceInItsDirection() {
    surroundings();
    activate();
    rests();
    register(
        ReplicationFilter.class,
        (document, flags, peer) -> document.getId().startsWith("ok"),
        TARGET,
        SITE_B,
        "direction",
        "push");
    save(here, "secret", "{}");
    save(here, "ok", "{}");
    save(there, "theirs", "{}");
    arrives("ok");
    Await.until(() -> "theirs", () -> here.getDefaultCollection().getDocument("theirs") != null);
    rests();
    assertNull(there.getDefaultCollection().getDocument("secret"));
    assertEquals(1, dials.size());
  }

  @Test
  void aFilterForAnotherReplicatorOrWithoutATargetIsNotAsked() {
    surroundings();
    ReplicationFilter nothing = (document, flags, peer) -> false;
    register(ReplicationFilter.class, nothing, TARGET, "(name=site-c)");
    register(ReplicationFilter.class, nothing, TARGET, "no filter");
    register(ReplicationFilter.class, nothing, "name", "staff");
    activate();
    save(here, "a", "{}");
    arrives("a");
  }

  @Test
  void onceThereHasBeenAFilterNothingPassesWithoutIt() {
    surroundings();
    ReplicationFilter all = (document, flags, peer) -> true;
    ServiceRegistration<ReplicationFilter> filter =
        register(ReplicationFilter.class, all, TARGET, SITE_B, "direction", "push");
    activate();
    save(here, "a", "{}");
    arrives("a");
    rests();
    filter.unregister();
    assertEquals("waits for pushFilter with replicator.target", hung(Notice.WAITING));
    save(here, "b", "{}");
    Await.until(
        () -> "held: " + replicator().openWork(),
        () -> replicator().openWork().toString().contains("there is no pushFilter"));
    assertNull(there.getDefaultCollection().getDocument("b"));
    instance.modified(properties("heartbeat", 9));
    assertEquals("waits for pushFilter with replicator.target", hung(Notice.WAITING));
    register(ReplicationFilter.class, all, TARGET, "(zone=north)");
    assertNull(there.getDefaultCollection().getDocument("b"));
    instance.modified(properties("zone", "north"));
    arrives("b");
    assertNull(hung(Notice.WAITING));
    assertEquals(1, dials.size());
  }

  @Test
  void aConfiguredFilterGoesBeforeOneThatOffersItself() {
    surroundings();
    register(ReplicationFilter.class, (document, flags, peer) -> false, TARGET, SITE_B);
    register(ReplicationFilter.class, (document, flags, peer) -> true, "name", "staff");
    activate("pushFilter", "staff");
    save(here, "a", "{}");
    arrives("a");
  }

  @Test
  void aResolverForThisReplicatorIsAsked() {
    surroundings();
    register(ConflictResolver.class, Conflict::localDocument, TARGET, SITE_B);
    save(here, "a", "{'by':'here'}");
    save(there, "a", "{'by':'there'}");
    activate();
    becomeEqual(here, there);
    assertEquals("here", there.getDefaultCollection().getDocument("a").getString("by"));
  }

  @Test
  void listenersHearWhatConcernsThemUntilTheyGo() {
    surroundings();
    List<ReplicatorActivityLevel> levels = new CopyOnWriteArrayList<>();
    List<String> documents = new CopyOnWriteArrayList<>();
    List<Object> others = new CopyOnWriteArrayList<>();
    register(ReplicatorChangeListener.class, change -> levels.add(change.status().activityLevel()));
    register(ReplicatorChangeListener.class, others::add, TARGET, "(name=site-c)");
    register(DocumentReplicationListener.class, others::add, TARGET, "(name=site-c)");
    ServiceRegistration<DocumentReplicationListener> listener =
        register(
            DocumentReplicationListener.class,
            replication ->
                documents.addAll(
                    replication.documents().stream().map(ReplicatedDocument::id).toList()),
            TARGET,
            SITE_B);
    activate();
    save(here, "a", "{}");
    Await.until(() -> "a in " + documents, () -> documents.contains("a"));
    listener.unregister();
    save(here, "b", "{}");
    arrives("b");
    rests();
    instance.deactivate();
    instance = null;
    assertEquals(List.of("a"), documents);
    assertEquals(List.of(), others);
    assertTrue(levels.contains(ReplicatorActivityLevel.IDLE), levels::toString);
    assertEquals(ReplicatorActivityLevel.STOPPED, levels.get(levels.size() - 1));
  }

  @Test
  void whatTheyLogIsLabelledWithPeerAndReplicator() {
    surroundings();
    Map<String, String> labels = new ConcurrentHashMap<>();
    register(
        ReplicationFilter.class,
        (document, flags, peer) -> {
          labels.put(MDC.get("replicator"), MDC.get("peer"));
          return true;
        },
        TARGET,
        SITE_B);
    activate();
    save(here, "a", "{}");
    arrives("a");
    assertEquals(Map.of("site-b", endpoint.url().toString()), labels);
    assertNull(MDC.get("peer"));
    assertNotNull(service());
  }

  /** Knows nothing and can be forgotten. */
  private static final class Guest
      implements ReplicationFilter,
          ConflictResolver,
          ReplicatorChangeListener,
          DocumentReplicationListener {
    @Override
    public boolean filtered(Document document, Set<DocumentFlag> flags, PeerContext peer) {
      return true;
    }

    @Override
    public Document resolve(Conflict conflict) {
      return conflict.localDocument();
    }

    @Override
    public void changed(ReplicatorChange change) {}

    @Override
    public void replicated(DocumentReplication replication) {}
  }

  private WeakReference<Guest> visits(Object... properties) {
    Guest guest = new Guest();
    List<ServiceRegistration<?>> visit =
        List.of(
            framework.register(ReplicationFilter.class, guest, properties),
            framework.register(ConflictResolver.class, guest, properties),
            framework.register(ReplicatorChangeListener.class, guest, properties),
            framework.register(DocumentReplicationListener.class, guest, properties));
    if (instance == null) activate("pushFilter", "staff", "conflictResolver", "staff");
    save(here, "a" + dials, "{}");
    save(there, "a" + dials, "{'by':'there'}");
    rests();
    visit.forEach(ServiceRegistration::unregister);
    return new WeakReference<>(guest);
  }

  @Test
  void whoeverGoesIsForgotten() {
    surroundings();
    WeakReference<Guest> named = visits("name", "staff");
    WeakReference<Guest> targeted = visits("name", "staff", TARGET, SITE_B);
    Await.until(
        () -> "forgotten: " + named.get() + targeted.get(),
        () -> {
          System.gc();
          return named.get() == null && targeted.get() == null;
        });
    assertNotNull(service());
  }
}
