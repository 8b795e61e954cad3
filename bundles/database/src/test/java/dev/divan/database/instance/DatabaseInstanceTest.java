// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.instance.Notice;
import dev.divan.store.Blobs;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.Transaction;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Configurations, stores that come and go, and where the database is then. */
@Timeout(30)
class DatabaseInstanceTest {
  @TempDir Path storage;

  private TestFramework framework;
  private final MemoryStore one = new MemoryStore();
  private final MemoryStore other = new MemoryStore();
  private @Nullable DatabaseInstance instance;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
  }

  @AfterEach
  void stop() throws Exception {
    deactivate();
    framework.close();
  }

  private void deactivate() {
    if (instance != null) {
      instance.deactivate();
      instance = null;
    }
  }

  private static Map<String, Object> properties(String... pairs) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("name", "notes");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private void activate(String... pairs) {
    instance = new DatabaseInstance(framework.context());
    instance.activate(properties(pairs));
  }

  private void modify(String... pairs) {
    instance.modified(properties(pairs));
  }

  private ServiceRegistration<Store> register(String name, Store store, int ranking) {
    return framework.register(Store.class, store, "name", name, "service.ranking", ranking);
  }

  private @Nullable ServiceReference<Database> reference() {
    return framework.context().getServiceReference(Database.class);
  }

  private Database database() {
    ServiceReference<Database> reference = reference();
    assertNotNull(reference, () -> "no database: " + notice());
    return framework.context().getService(reference);
  }

  private String storeOf() {
    ServiceReference<Database> reference = reference();
    return reference == null ? "" : String.valueOf(reference.getProperty("database.store"));
  }

  private String notice() {
    String refused = framework.notice(Notice.REFUSED);
    String waiting = framework.notice(Notice.WAITING);
    return refused != null ? refused : waiting != null ? waiting : "";
  }

  private void fill(int documents) {
    Collection notes = database().getDefaultCollection();
    for (int i = 0; i < documents; i++) {
      notes.save(new MutableDocument("d" + i).setInt("i", i));
    }
  }

  @Test
  void theContentsFollowTheConfigurationAndTheServiceStays() throws Exception {
    register("one", one, 0);
    register("other", other, 0);
    activate("store", "one");
    fill(100);
    Database database = database();
    UUID uuid = database.getUuid();
    ServiceReference<Database> reference = reference();
    assertEquals("one", storeOf());

    modify("store", "other");
    Await.equal("other", this::storeOf);
    assertSame(database, database());
    assertSame(reference, reference());
    assertEquals(uuid.toString(), reference.getProperty("database.uuid"));
    assertEquals("other", reference.getProperty("store"));
    assertEquals(100, database.getDefaultCollection().getCount());
    Await.equal("", this::notice);

    fill(120);
    modify("store", "one");
    Await.equal("one", this::storeOf);
    assertEquals(120, database.getDefaultCollection().getCount());
    assertSame(database, database());
  }

  @Test
  void afterARestartTheStoreWithTheContentsIsWaitedForInWords() throws Exception {
    ServiceRegistration<Store> first = register("one", one, 0);
    activate("store", "one");
    fill(10);
    UUID uuid = database().getUuid();
    deactivate();
    first.unregister();
    register("other", other, 0);
    activate("store", "other");
    assertNull(reference());
    assertEquals("waits for store (name=one), where its contents are", notice());
    assertEquals(Set.of(), other.names(), "no empty one is made meanwhile");
    register("one", one, 0);
    Await.equal("other", this::storeOf);
    assertEquals(uuid, database().getUuid());
    assertEquals(10, database().getDefaultCollection().getCount());
  }

  @Test
  void moveContentsFalseOpensWhatTheStoreHas() {
    register("one", one, 0);
    register("other", other, 0);
    activate("store", "one");
    fill(10);
    UUID uuid = database().getUuid();
    modify("store", "other", "moveContents", "false");
    assertEquals("other", storeOf());
    assertNotEquals(uuid, database().getUuid());
    assertEquals(0, database().getDefaultCollection().getCount());
    modify("store", "one", "moveContents", "false");
    assertEquals(uuid, database().getUuid());
  }

  @Test
  void aTargetThatIsNotThereYetIsWaitedForWhereTheContentsAre() throws Exception {
    register("one", one, 0);
    activate("store", "one");
    fill(10);
    modify("store", "other");
    assertEquals("one", storeOf());
    assertEquals("stays in store one; to move, it waits for store (name=other)", notice());
    deactivate();
    activate("store", "other");
    assertEquals("one", storeOf());
    register("other", other, 0);
    Await.equal("other", this::storeOf);
    assertEquals(10, database().getDefaultCollection().getCount());
    Await.equal("", this::notice);
  }

  @Test
  void anotherDatabaseInTheTargetIsRefusedInWordsAndMayBeReconsidered() throws Exception {
    register("one", one, 0);
    register("other", other, 0);
    activate("store", "other");
    deactivate();
    activate("store", "one", "moveContents", "false");
    fill(10);
    Database database = database();
    modify("store", "other");
    Await.seen("another database", this::notice, each -> each.contains("another database"));
    assertTrue(notice().startsWith("stays in store one; it did not move"), this::notice);
    assertEquals("one", storeOf());
    modify("store", "one");
    Await.equal("", this::notice);
    assertSame(database, database());
    assertEquals(10, database.getDefaultCollection().getCount());
  }

  @Test
  void aTargetThatGoesInTheMiddleLeavesItWhereItIs() throws Exception {
    register("one", one, 0);
    SlowStore slow = new SlowStore(other, false);
    ServiceRegistration<Store> target = register("other", slow, 0);
    activate("store", "one");
    fill(50);
    Database database = database();
    modify("store", "other");
    Await.opens(slow.reached, "the slow step");
    Thread going = new Thread(target::unregister);
    going.start();
    Await.waits(going);
    slow.go.countDown();
    going.join();
    assertEquals("one", storeOf());
    assertSame(database, database());
    assertEquals("stays in store one; to move, it waits for store (name=other)", notice());
    assertEquals(Set.of(), other.names());
    fill(60);
    register("other", other, 0);
    Await.equal("other", this::storeOf);
    assertEquals(60, database.getDefaultCollection().getCount());
  }

  @Test
  void aSourceThatGoesInTheMiddleClosesAndTheMoveIsMadeWhenItIsBack() throws Exception {
    ServiceRegistration<Store> source = register("one", one, 0);
    SlowStore slow = new SlowStore(other, false);
    register("other", slow, 0);
    activate("store", "one");
    fill(50);
    modify("store", "other");
    Await.opens(slow.reached, "the slow step");
    Thread going = new Thread(source::unregister);
    going.start();
    Await.waits(going);
    slow.go.countDown();
    going.join();
    assertNull(reference());
    assertEquals("waits for store (name=one), where its contents are", notice());
    register("one", one, 0);
    Await.equal("other", this::storeOf);
    assertEquals(50, database().getDefaultCollection().getCount());
  }

  @Test
  void progressHangsOutAsANotice() throws Exception {
    register("one", one, 0);
    SlowStore slow = new SlowStore(other, true);
    register("other", slow, 0);
    activate("store", "one");
    fill(50);
    modify("store", "other");
    Await.opens(slow.reached, "the slow step");
    Await.equal("moves from store one to store other: 50 of 50 documents, 99 %", this::notice);
    Thread saving = new Thread(() -> fill(51));
    saving.start();
    assertEquals(50, database().getDefaultCollection().getCount(), "reads go on, writes wait");
    slow.go.countDown();
    saving.join();
    Await.equal("", this::notice);
    assertEquals("other", storeOf());
    assertEquals(51, database().getDefaultCollection().getCount());
  }

  @Test
  void aBetterRankedStoreTakesTheContentsWhereNoneIsNamed() throws Exception {
    register("one", one, 0);
    activate();
    fill(10);
    Database database = database();
    register("other", other, 5);
    Await.equal("other", this::storeOf);
    assertSame(database, database());
    assertEquals(10, database.getDefaultCollection().getCount());
  }

  @Test
  void whatABetterRankedStoreHasGoesFirstWhereNoneIsNamed() throws Exception {
    ServiceRegistration<Store> better = register("other", other, 5);
    activate();
    fill(10);
    UUID uuid = database().getUuid();
    deactivate();
    better.unregister();
    // As if the framework's cache had been cleaned: nothing is remembered.
    new MemoryFile(framework.context(), "notes").write(null);
    register("one", one, 0);
    activate();
    assertNotEquals(uuid, database().getUuid());
    register("other", other, 5);
    Await.equal("other", this::storeOf);
    assertEquals(uuid, database().getUuid());
  }

  @Test
  void theOrderInWhichStoresComeDoesNotMatter() throws Exception {
    for (String first : new String[] {"one", "other"}) {
      MemoryStore low = new MemoryStore();
      MemoryStore high = new MemoryStore();
      activate();
      ServiceRegistration<Store> a =
          first.equals("one") ? register("one", low, 0) : register("other", high, 5);
      ServiceRegistration<Store> b =
          first.equals("one") ? register("other", high, 5) : register("one", low, 0);
      Await.equal("other", this::storeOf);
      Await.equal("", this::notice);
      deactivate();
      a.unregister();
      b.unregister();
      new MemoryFile(framework.context(), "notes").write(null);
    }
  }

  @Test
  void badConfigurationIsRefusedAndWhatRunsRunsOn() {
    register("one", one, 0);
    activate("store", "one");
    Database database = database();
    modify("store", "one", "moveContents", "perhaps");
    assertTrue(notice().contains("moveContents is true or false"), this::notice);
    assertTrue(notice().endsWith("it runs on as configured before"), this::notice);
    assertSame(database, database());
    modify("store", "one", "collections", "shop.items", "deltaSync", "true");
    assertEquals("", notice());
    assertNotNull(database.getCollection("items", "shop"));
    assertEquals("true", reference().getProperty("deltaSync"));
    assertSame(database, database());
  }

  @Test
  void aConfigurationThatWasNeverGoodOpensNothingUntilItIs() {
    register("one", one, 0);
    activate("collections", "a.b.c");
    assertNull(reference());
    assertTrue(notice().contains("collections"), this::notice);
    modify();
    assertNotNull(reference());
    assertEquals("", notice());
  }

  @Test
  void anotherNameIsAnotherDatabase() {
    register("one", one, 0);
    activate("store", "one");
    fill(3);
    Map<String, Object> renamed = properties("store", "one");
    renamed.put("name", "letters");
    instance.modified(renamed);
    assertEquals("letters", database().getName());
    assertEquals(0, database().getDefaultCollection().getCount());
    assertEquals(Set.of("notes", "letters"), new HashSet<>(one.names()));
  }

  @Test
  void aStoreThatGoesTakesTheDatabaseWithItAndBringsItBack() throws Exception {
    ServiceRegistration<Store> registration = register("one", one, 0);
    activate("store", "one");
    fill(3);
    registration.unregister();
    assertNull(reference());
    assertEquals("waits for store (name=one)", notice());
    register("one", one, 0);
    assertEquals(3, database().getDefaultCollection().getCount());
  }

  /** A store that waits when a space is opened, or at its third write, which decides a move. */
  private static final class SlowStore implements Store {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    private final Store store;
    private final boolean atTheEnd;
    private int writes;

    SlowStore(Store store, boolean atTheEnd) {
      this.store = store;
      this.atTheEnd = atTheEnd;
    }

    private void pause() {
      reached.countDown();
      Await.opens(go, "the permission to go on");
    }

    @Override
    public Space open(String name) {
      if (!atTheEnd) {
        pause();
      }
      Space space = store.open(name);
      return new Space() {
        @Override
        public <T> T read(Function<? super Snapshot, T> work) {
          return space.read(work);
        }

        @Override
        public <T> T write(Function<? super Transaction, T> work) {
          if (atTheEnd && ++writes == 3) {
            pause();
          }
          return space.write(work);
        }

        @Override
        public Blobs blobs() {
          return space.blobs();
        }

        @Override
        public void close() {
          space.close();
        }
      };
    }

    @Override
    public Set<String> names() {
      return store.names();
    }

    @Override
    public void delete(String name) {
      store.delete(name);
    }
  }
}
