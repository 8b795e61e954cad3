// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.database.CollectionChangeListener;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.MutableDocument;
import dev.divan.store.Store;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.await.Await;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

/** Databases opened in code are services like configured ones. */
@Timeout(30)
class LocalDatabasesTest {
  @TempDir Path storage;

  private final MemoryStore store = new MemoryStore();
  private TestFramework framework;
  private LocalDatabases databases;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
    databases = new LocalDatabases(framework.context());
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private ServiceReference<Database> reference() {
    return framework.context().getServiceReference(Database.class);
  }

  @Test
  void itIsAServiceUntilItIsClosed() {
    framework.register(Store.class, store, "name", "heap");
    Database notes = databases.open("notes", store);
    ServiceReference<Database> reference = reference();
    assertSame(notes, framework.context().getService(reference));
    assertEquals("notes", reference.getProperty("name"));
    assertEquals("notes", reference.getProperty("database.name"));
    assertEquals(notes.getUuid().toString(), reference.getProperty("database.uuid"));
    assertEquals("heap", reference.getProperty("database.store"));
    notes.close();
    assertNull(reference());
  }

  @Test
  void aStoreThatIsNoServiceHasNoName() {
    try (Database notes = databases.open("notes", store)) {
      assertNotNull(notes);
      assertEquals("", reference().getProperty("database.store"));
    }
  }

  @Test
  void changeListenersThatAreServicesHearOfIt() {
    CountDownLatch heard = new CountDownLatch(1);
    framework.register(
        CollectionChangeListener.class,
        change -> heard.countDown(),
        "collection.target",
        "(database=notes)");
    try (Database notes = databases.open("notes", store)) {
      notes.getDefaultCollection().save(new MutableDocument("one"));
      Await.opens(heard, "the change");
    }
  }

  @Test
  void thoseStillOpenAreClosedWithTheBundle() {
    Database notes = databases.open("notes", store);
    databases.deactivate();
    assertNull(reference());
    assertThrows(DatabaseClosedException.class, notes::getDefaultCollection);
  }

  @Test
  void itMayBeClosedAfterItsBundleHasStopped() throws Exception {
    Database notes = databases.open("notes", store);
    framework.close();
    notes.close();
    assertThrows(DatabaseClosedException.class, notes::getDefaultCollection);
  }
}
