// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.itests.Await;
import dev.divan.itests.trust.login.Porter;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.ReplicatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a listener asks and shows is exchanged while a peer is connected: who comes next meets the
 * new one, who is in stays in, on the same session, and goes on.
 */
class SwapTest {
  private static final Duration YEAR = Duration.ofDays(365);

  private static final Issuer ONE = Issuer.alone("one", YEAR);
  private static final Issuer TWO = Issuer.alone("two", YEAR);

  @TempDir static Path homes;
  private static Node office;
  private static Node field;
  private static int documents;
  private URLEndpointListener listener;
  private PassiveSession session;

  @BeforeAll
  static void open() throws Exception {
    office = new Node(homes.resolve("office"));
    field = new Node(homes.resolve("field"));
    for (Map.Entry<String, Issuer> each : Map.of("one", ONE, "two", TWO).entrySet()) {
      Path pem = Files.writeString(homes.resolve(each.getKey()), each.getValue().pemPair());
      office.configure(
          "dev.divan.tls.imported", each.getKey(), Map.of("certificateFile", pem.toString()));
    }
    for (String password : List.of("secret", "changed"))
      field.configure(
          "dev.divan.auth.basic", password, Map.of("username", "ann", ".password", password));
  }

  @AfterAll
  static void shut() throws Exception {
    if (field != null) field.close();
    if (office != null) office.close();
  }

  @BeforeEach
  void connect() throws Exception {
    users("secret");
    office.configure("dev.divan.listener.auth.password", "staff", Map.of("users", users() + ""));
    listen(Map.of());
    listener = office.listener("lan");
    replicator(
        "live",
        Map.of(
            "continuous",
            true,
            "authenticator",
            "secret",
            "maxAttemptWaitTime",
            1,
            "pinnedServerCertificate",
            ONE.fingerprint() + "," + TWO.fingerprint()));
    Await.that(() -> listener.getSessions().size() == 1, () -> "not connected");
    session = listener.getSessions().get(0);
    assertLive();
  }

  @AfterEach
  void disconnect() throws Exception {
    field.forgetReplicator("live");
    office.forget("dev.divan.listener", "lan");
    Await.that(
        () -> office.service(URLEndpointListener.class, "(name=lan)") == null,
        () -> "the listener stays");
  }

  @Test
  void theUsersFile() throws Exception {
    assertNull(knock("secret", ONE));
    users("changed");
    assertStatus(401, knock("secret", ONE));
    assertNull(knock("changed", ONE));
    assertLive();
    Files.delete(users());
    assertStatus(401, knock("changed", ONE));
    assertLive();
  }

  @Test
  void theAuthenticatorsConfiguration() throws Exception {
    assertNull(knock("secret", ONE));
    office.configure(
        "dev.divan.listener.auth.password",
        "staff",
        Map.of("username", "ann", ".passwordHash", Hash.of("changed")));
    assertStatus(401, knock("secret", ONE));
    assertNull(knock("changed", ONE));
    assertLive();
  }

  @Test
  void theAuthenticatorsBundle() throws Exception {
    office.bundle("dev.divan.auth.password").stop();
    assertStatus(503, knock("secret", ONE));
    String health = health();
    assertTrue(
        health.contains("listener lan lets nobody in: its authenticator staff is not there"),
        health);
    assertLive();
    office.bundle("dev.divan.auth.password").start();
    office.await(dev.divan.auth.ListenerAuthenticator.class, "(name=staff)");
    assertNull(knock("secret", ONE));
    assertLive();
  }

  @Test
  void theListenersAuthenticator() throws Exception {
    Porter.open("trust", Map.of("ann", "staff:changed"));
    office.configure("dev.divan.listener.auth.jaas", "realm", Map.of("realm", "trust"));
    listen(Map.of("authenticator", "realm"));
    assertStatus(401, knock("secret", ONE));
    assertNull(knock("changed", ONE));
    assertLive();
  }

  @Test
  void theListenersAuthenticatorForOneThatIsNotThereYet() throws Exception {
    listen(Map.of("authenticator", "nobody"));
    assertStatus(503, knock("secret", ONE));
    assertLive();
    listen(Map.of());
    assertNull(knock("secret", ONE));
    assertLive();
  }

  @Test
  void theListenersIdentity() throws Exception {
    listen(Map.of("tlsIdentity", "two"));
    ReplicatorException refused = knock("secret", ONE);
    assertNotNull(refused);
    assertEquals(ReplicatorException.Domain.TLS, refused.getDomain());
    assertNull(knock("secret", TWO));
    assertNull(knock("secret", ONE, TWO), "old and new pin are good together");
    assertLive();
    session.close(4001, "come back");
    Await.that(
        () -> listener.getSessions().stream().anyMatch(each -> each != session),
        () -> "the one with both pins does not come back");
    session = listener.getSessions().get(0);
    assertLive();
  }

  private Path users() {
    return homes.resolve("users");
  }

  private void users(String password) throws IOException {
    Files.writeString(users(), "ann:" + Hash.of(password) + "\n");
  }

  /** What is decided here counts at the next knock: waits until the listener has taken it. */
  private void listen(Map<String, String> further) throws InterruptedException {
    Map<String, Object> properties = new HashMap<>();
    properties.put("database", "notes");
    properties.put("networkInterface", "127.0.0.1");
    properties.put("authenticator", "staff");
    properties.put("tlsIdentity", "one");
    properties.putAll(further);
    office.configure("dev.divan.listener", "lan", properties);
    String filter =
        "(&(name=lan)(tlsIdentity=%s)(authenticator=%s))"
            .formatted(properties.get("tlsIdentity"), properties.get("authenticator"));
    office.await(URLEndpointListener.class, filter);
  }

  private void replicator(String name, Map<String, ?> further) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("database", "notes");
    properties.put("url", "wss://127.0.0.1:" + listener.getPort() + "/notes");
    properties.putAll(further);
    field.configure("dev.divan.replicator", name, properties);
  }

  /** Somebody new; null if he comes in. */
  private ReplicatorException knock(String password, Issuer... pins) throws Exception {
    String name = "guest-" + ++documents;
    replicator(
        name,
        Map.of(
            "continuous",
            false,
            "autostart",
            false,
            "maxAttempts",
            1,
            "authenticator",
            password,
            "documentIDs",
            name,
            "pinnedServerCertificate",
            String.join(",", java.util.Arrays.stream(pins).map(Issuer::fingerprint).toList())));
    try {
      return field.run(name);
    } finally {
      field.forgetReplicator(name);
    }
  }

  private static void assertStatus(int status, ReplicatorException error) {
    assertNotNull(error);
    assertEquals(ReplicatorException.Domain.HTTP, error.getDomain(), error::toString);
    assertEquals(status, error.getCode());
  }

  /** The session is there still, the same, and documents go both ways. */
  private void assertLive() throws Exception {
    assertSame(
        session,
        listener.getSessions().stream().filter(each -> each == session).findFirst().orElse(null));
    String id = "live-" + ++documents;
    office.write(id + "-down");
    field.write(id + "-up");
    field.awaitDocument(id + "-down");
    office.awaitDocument(id + "-up");
    assertTrue(listener.getSessions().contains(session));
  }

  /** What the health checks say; by reflection, their classes are a bundle's. */
  private String health() throws Exception {
    StringBuilder said = new StringBuilder();
    for (var reference : office.services("(objectClass=org.apache.felix.hc.api.HealthCheck)")) {
      Object check = office.context().getService(reference);
      Object result = check.getClass().getMethod("execute").invoke(check);
      said.append(reference.getProperty("hc.name")).append(": ").append(result).append('\n');
    }
    return said.toString();
  }
}
