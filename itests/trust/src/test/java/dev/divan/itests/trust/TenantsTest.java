// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.MutableDocument;
import dev.divan.itests.Await;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two tenants in one container, kept apart by nothing but targets: a store, a database, a listener,
 * an identity and passwords for each, and on the other side a login and a replicator for each. Both
 * have a user called ann.
 */
class TenantsTest {
  private static final Map<String, Issuer> IDENTITIES =
      Map.of(
          "north", Issuer.alone("north", Duration.ofDays(365)),
          "south", Issuer.alone("south", Duration.ofDays(365)));

  @TempDir static Path homes;
  private static Node house;
  private static Node field;
  private static int knocks;

  @BeforeAll
  static void moveIn() throws Exception {
    house = new Node(homes.resolve("house"));
    field = new Node(homes.resolve("field"));
    for (String tenant : List.of("north", "south")) {
      for (Node node : List.of(house, field)) {
        node.configure("dev.divan.store.memory", tenant, Map.of());
        database(node, tenant);
      }
      Path pem = Files.writeString(homes.resolve(tenant), IDENTITIES.get(tenant).pemPair());
      house.configure("dev.divan.tls.imported", tenant, Map.of("certificateFile", pem.toString()));
      authenticator(tenant);
      listener(tenant);
      field.configure(
          "dev.divan.auth.basic",
          tenant,
          Map.of("username", "ann", ".password", "secret of " + tenant));
      replicator(tenant, tenant, tenant, tenant, Map.of("maxAttemptWaitTime", 1));
    }
    for (String tenant : List.of("north", "south")) session(tenant);
  }

  @AfterAll
  static void moveOut() throws Exception {
    if (field != null) field.close();
    if (house != null) house.close();
  }

  private static void database(Node node, String tenant) {
    node.configure("dev.divan.database", tenant, Map.of("store.target", "(name=" + tenant + ")"));
  }

  private static void authenticator(String tenant) {
    house.configure(
        "dev.divan.listener.auth.password",
        tenant,
        Map.of("username", "ann", ".passwordHash", Hash.of("secret of " + tenant)));
  }

  private static void listener(String tenant) {
    house.configure(
        "dev.divan.listener",
        tenant,
        Map.of(
            "database.target", "(name=" + tenant + ")",
            "authenticator.target", "(name=" + tenant + ")",
            "tlsIdentity.target", "(label=" + tenant + ")",
            "networkInterface", "127.0.0.1"));
  }

  /**
   * @param database the one here, and whose certificate is trusted
   * @param door whose port
   * @param path the database asked for there
   */
  private static void replicator(
      String name, String database, String door, String path, Map<String, ?> further)
      throws InterruptedException {
    Map<String, Object> properties = new HashMap<>();
    properties.put("database.target", "(name=" + database + ")");
    properties.put("authenticator.target", "(name=" + database + ")");
    properties.put("pinnedServerCertificate", IDENTITIES.get(database).fingerprint());
    properties.put("url", "wss://127.0.0.1:" + house.listener(door).getPort() + "/" + path);
    properties.putAll(further);
    field.configure("dev.divan.replicator", name, properties);
  }

  private static Collection documents(Node node, String tenant) throws InterruptedException {
    return node.await(Database.class, "(name=" + tenant + ")").getDefaultCollection();
  }

  private static Set<String> ids(Node node, String tenant) throws InterruptedException {
    Set<String> ids = new TreeSet<>();
    documents(node, tenant).forEach(each -> ids.add(each.getId()));
    return ids;
  }

  /** The tenant's client, once it has come. */
  private static PassiveSession session(String tenant) throws InterruptedException {
    URLEndpointListener listener = house.listener(tenant);
    Await.that(
        () -> listener.getSessions().size() == 1,
        () -> tenant + " is not connected: " + field.notices());
    return listener.getSessions().get(0);
  }

  /** Somebody tries once; null if he comes in. */
  private static ReplicatorException knock(
      String database, String door, String path, Map<String, ?> further) throws Exception {
    String name = "guest-" + ++knocks;
    Map<String, Object> once =
        new HashMap<>(
            Map.of("continuous", false, "autostart", false, "maxAttempts", 1, "documentIDs", name));
    once.putAll(further);
    replicator(name, database, door, path, once);
    try {
      return field.run(name);
    } finally {
      field.forgetReplicator(name);
    }
  }

  private static void assertHttp(int status, ReplicatorException refused) {
    assertNotNull(refused);
    assertEquals(Domain.HTTP, refused.getDomain(), refused::toString);
    assertEquals(status, refused.getCode(), refused::toString);
  }

  /** Documents go both ways. */
  private static void assertLive(String tenant) throws Exception {
    String id = tenant + "-" + ++knocks;
    documents(house, tenant).save(new MutableDocument(id + "-down"));
    documents(field, tenant).save(new MutableDocument(id + "-up"));
    Await.that(
        () -> ids(house, tenant).contains(id + "-up") && ids(field, tenant).contains(id + "-down"),
        () -> tenant + " does not sync: " + field.notices() + house.notices());
  }

  @ParameterizedTest
  @ValueSource(strings = {"north", "south"})
  void eachSyncsWithItsOwnAndWithNobodyElse(String tenant) throws Exception {
    assertLive("north");
    assertLive("south");
    for (Node node : List.of(house, field))
      for (String each : ids(node, tenant))
        assertTrue(each.startsWith(tenant), () -> each + " at " + tenant);
    assertEquals("ann", session(tenant).peer().principal());
    Replicator replicator = field.await(Replicator.class, "(name=" + tenant + ")");
    assertEquals(
        Integer.valueOf(house.listener(tenant).getPort()),
        Integer.valueOf(replicator.getConfiguration().getTarget().url().getPort()));
  }

  @ParameterizedTest
  @CsvSource({"north,south", "south,north"})
  void theLoginOfOneIsRefusedAtTheListenerOfTheOther(String tenant, String other) throws Exception {
    Map<String, String> trusting =
        Map.of("pinnedServerCertificate", IDENTITIES.get(other).fingerprint());
    assertHttp(401, knock(tenant, other, other, trusting));
    assertNull(
        knock(other, other, other, Map.of("database.target", "(name=" + tenant + ")")),
        "it is the login that keeps them apart, not the database of who knocks");
    assertLive(tenant);
    assertLive(other);
  }

  @ParameterizedTest
  @CsvSource({"north,south", "south,north"})
  void theListenerOfOneShowsNoIdentityOfTheOther(String tenant, String other) throws Exception {
    ReplicatorException refused = knock(tenant, other, other, Map.of());
    assertNotNull(refused);
    assertEquals(Domain.TLS, refused.getDomain(), refused::toString);
  }

  @ParameterizedTest
  @CsvSource({"north,south", "south,north"})
  void theDatabaseOfOneIsNotBehindThePortOfTheOther(String tenant, String other) throws Exception {
    assertHttp(404, knock(tenant, tenant, other, Map.of()));
  }

  @Test
  void whatOneTenantLosesTheOtherDoesNotNotice() throws Exception {
    PassiveSession south = session("south");
    house.forget("dev.divan.listener.auth.password", "north");
    Await.that(
        () -> house.service(ListenerAuthenticator.class, "(name=north)") == null,
        () -> "the authenticator stays");
    assertHttp(503, knock("north", "north", "north", Map.of()));
    assertLive("south");
    house.forget("dev.divan.store.memory", "north");
    Await.that(
        () -> house.service(URLEndpointListener.class, "(name=north)") == null,
        () -> "the listener stays");
    assertLive("south");
    assertEquals(List.of(south), house.listener("south").getSessions(), "on the same connection");
    house.configure("dev.divan.store.memory", "north", Map.of());
    authenticator("north");
    house.listener("north");
    assertNull(house.notices().get("south"));
    // another port: it was any free one
    replicator("north", "north", "north", "north", Map.of("maxAttemptWaitTime", 1));
    assertLive("north");
    assertEquals(List.of(south), house.listener("south").getSessions());
  }
}
