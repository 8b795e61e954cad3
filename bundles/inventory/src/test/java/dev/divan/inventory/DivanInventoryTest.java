// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.Scope;
import dev.divan.json.Json;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.URLEndpoint;
import dev.divan.store.Store;
import dev.divan.testkit.osgi.TestFramework;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.felix.inventory.Format;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class DivanInventoryTest {
  private static final UUID ID = UUID.fromString("01234567-89ab-cdef-0123-456789abcdef");

  @TempDir Path home;
  private TestFramework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(home.resolve("framework"));
    context = framework.context();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private <T> void register(Class<T> type, Map<String, ?> answers, Map<String, ?> properties) {
    context.registerService(type, Fake.of(type, answers), new Hashtable<>(properties));
  }

  /** The value at a path of names and places in lists, such as {@code listeners/0/port}. */
  private static Object at(String json, String path) {
    Object value = Json.parse(json);
    for (String step : path.split("/"))
      value =
          value instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) value).get(step);
    return value;
  }

  private String json() {
    return Printed.by(context, Format.JSON);
  }

  private String text() {
    return Printed.by(context, Format.TEXT);
  }

  private static Collection collection() {
    Database database = Fake.of(Database.class, Map.of("getName", "notes"));
    return Fake.of(
        Collection.class,
        Map.of(
            "getFullName",
            "_default._default",
            "getName",
            "_default",
            "getDatabase",
            database,
            "getCount",
            3L,
            "getLastSequence",
            7L));
  }

  @Test
  void anEmptyNodeIsTold() {
    assertEquals(List.of(), at(json(), "databases"));
    assertTrue(text().contains("LISTENERS\n  none\n"), text());
    assertEquals(
        Runtime.getRuntime().availableProcessors(),
        ((Number) at(json(), "node/processors")).intValue());
    assertEquals("org.apache.felix.framework", at(json(), "bundles/0/name"));
  }

  @Test
  void aDatabaseIsToldWithItsCollectionsAndItsStore() {
    Scope scope = Fake.of(Scope.class, Map.of("getCollections", Set.of(collection())));
    register(
        Database.class,
        Map.of("getName", "notes", "getUuid", ID, "getScopes", Set.of(scope)),
        Map.of("name", "notes", "database.store", "disk"));
    assertEquals("notes", at(json(), "databases/0/name"));
    assertEquals(ID.toString(), at(json(), "databases/0/uuid"));
    assertEquals("disk", at(json(), "databases/0/store"));
    assertEquals(3, ((Number) at(json(), "databases/0/collections/0/documents")).intValue());
    assertEquals(7, ((Number) at(json(), "databases/0/collections/0/last sequence")).intValue());
  }

  @Test
  void whatCannotBeAskedDoesNotKeepBackTheRest() {
    Supplier<Object> closed =
        () -> {
          throw new DatabaseClosedException("gone");
        };
    register(Database.class, Map.of("getName", closed), Map.of("name", "gone"));
    Supplier<Object> broken =
        () -> {
          throw new IllegalStateException("the disk is on fire");
        };
    register(Store.class, Map.of("names", broken), Map.of("name", "disk"));
    register(Store.class, Map.of("names", Set.of("notes")), Map.of("name", "other"));
    assertEquals("it has just closed", at(json(), "databases/0/cannot be told"));
    assertTrue(at(json(), "stores/0/cannot be told").toString().contains("on fire"));
    assertEquals(List.of("notes"), at(json(), "stores/1/databases"));
  }

  @Test
  void aStoreInADirectoryIsToldWithItsSize() throws Exception {
    Path directory = Files.createDirectories(home.resolve("disk/notes"));
    Files.write(directory.resolve("file"), new byte[12345]);
    register(
        Store.class,
        Map.of("names", Set.of("notes")),
        Map.of("name", "disk", "directory", directory.getParent().toString()));
    register(
        Store.class,
        Map.of("names", Set.of()),
        Map.of("name", "lost", "directory", home.resolve("nowhere").toString()));
    assertEquals(12345, ((Number) at(json(), "stores/0/disk/bytes")).intValue());
    assertTrue(((Number) at(json(), "stores/0/disk/free bytes")).longValue() > 0);
    assertTrue(at(json(), "stores/1/disk/cannot be told").toString().contains("nowhere"));
  }

  private static PassiveSession session(String principal) {
    return Fake.of(
        PassiveSession.class,
        Map.of(
            "peer", new PeerContext("peer-1", "10.0.0.7:5000", principal, Set.of("staff")),
            "since", Instant.EPOCH,
            "busy", true,
            "sent", 1L,
            "received", 2L,
            "bytesSent", 10L,
            "bytesReceived", 20L));
  }

  private void listener(ListenerAuthenticator authenticator, Map<String, ?> further) {
    URLEndpointListenerConfiguration configuration =
        new URLEndpointListenerConfiguration(Set.of(collection()))
            .setDisableTLS(true)
            .setAuthenticator(authenticator);
    Map<String, Object> properties = new HashMap<>(further);
    properties.put("name", "lan");
    properties.put("database.name", "notes");
    Map<String, Object> answers = new HashMap<>();
    answers.put("getConfiguration", configuration);
    answers.put("getTlsIdentity", (Supplier<Object>) () -> null);
    answers.put("getSessions", List.of(session("ann\nROOT")));
    answers.put("getPort", 4984);
    answers.put("getUrls", List.of(URI.create("ws://10.0.0.1:4984/notes")));
    answers.put("getStatus", new ConnectionStatus(1, 1));
    register(URLEndpointListener.class, answers, properties);
  }

  @Test
  void aListenerIsToldWithItsSessions() {
    listener(
        Fake.of(
            ListenerAuthenticator.class, Map.of("demand", ListenerAuthenticator.Demand.PASSWORD)),
        Map.of("authenticator", "staff"));
    assertEquals("by password", at(json(), "listeners/0/lets in"));
    assertEquals("staff", at(json(), "listeners/0/authenticator"));
    assertEquals(List.of("ws://10.0.0.1:4984/notes"), at(json(), "listeners/0/urls"));
    assertEquals("ann?ROOT", at(json(), "listeners/0/sessions/0/principal"));
    assertEquals(20, ((Number) at(json(), "listeners/0/sessions/0/bytes received")).intValue());
    assertEquals("1970-01-01T00:00:00Z", at(json(), "listeners/0/sessions/0/since"));
    assertEquals(List.of(), at(json(), "attention"));
  }

  @Test
  void anOpenListenerAndOneWithoutItsAuthenticatorDeserveAttention() {
    listener(null, Map.of());
    listener(null, Map.of("authenticator", "staff"));
    assertEquals(
        List.of(
            "listener lan is open to everyone",
            "listener lan lets nobody in: its authenticator is not there"),
        at(json(), "attention"));
    assertEquals("everyone", at(json(), "listeners/0/lets in"));
    assertEquals("nobody, its authenticator is not there", at(json(), "listeners/1/lets in"));
  }

  @Test
  void aReplicatorIsToldWithoutWhatHidesInItsUrl() {
    ReplicatorException error =
        new ReplicatorException(ReplicatorException.Domain.HTTP, 401, false, "stay out", null);
    register(
        Replicator.class,
        Map.of(
            "getConfiguration",
            new ReplicatorConfiguration(URLEndpoint.of("wss://hq:4984/notes"))
                .addCollection(collection()),
            "getStatus",
            new ReplicatorStatus(
                ReplicatorActivityLevel.STOPPED, new ReplicatorProgress(2, 5), error),
            "getPendingDocumentIds",
            Set.of("a", "b"),
            "openWork",
            List.of("2 revisions we asked for")),
        Map.of("name", "hq", "database.name", "notes", "url", "wss://ann:secret@hq"));
    assertEquals("wss://hq:4984/notes", at(json(), "replicators/0/url"));
    assertEquals("STOPPED", at(json(), "replicators/0/state"));
    assertEquals(2, ((Number) at(json(), "replicators/0/pending/_default._default")).intValue());
    assertTrue(at(json(), "replicators/0/last error").toString().contains("stay out"));
    assertEquals(List.of("2 revisions we asked for"), at(json(), "replicators/0/waits for"));
    assertEquals(List.of("replicator hq is stopped"), at(json(), "attention"));
    assertFalse(text().contains("secret"), text());
  }

  @Test
  void noticesAreToldInTheirOwnWords() {
    context.registerService(
        Object.class,
        new Object(),
        new Hashtable<>(
            Map.of(
                "divan.waiting", "waits for database (name=notes)",
                "service.pid", "dev.divan.listener~lan",
                "name", "lan",
                ".password", "secret",
                "password", "secret")));
    assertTrue(
        text()
            .contains(
                """
                NOTICES
                  - configuration: dev.divan.listener~lan
                    name: lan
                    waiting: waits for database (name=notes)
                """),
        text());
    assertFalse(text().contains("secret"));
  }
}
