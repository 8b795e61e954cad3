// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.couchbase.lite.CBLError;
import com.couchbase.lite.ReplicatorConfiguration;
import com.couchbase.lite.ReplicatorType;
import com.couchbase.lite.SessionAuthenticator;
import dev.divan.itests.NodeProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cells of the matrix of authenticator, transport and what is brought that this client can
 * play: its free edition has passwords, sessions and one pinned certificate, but neither client
 * certificates nor the setting to accept only self-signed ones. A JAAS realm is a password to it.
 */
@ExtendWith(ClientRequired.class)
class TrustTest {
  private static final List<String> BROUGHT =
      List.of("right", "wrong", "absent", "session", "another pin", "no pin");

  private static final String MATRIX =
      """
      authenticator transport | right    | wrong    | absent   | session  | another pin | no pin
      staff    clear          | syncs    | login    | login    | login    | syncs       | syncs
      staff    selfsigned     | syncs    | login    | login    | login    | untrusted   | untrusted
      staff    imported       | syncs    | login    | login    | login    | untrusted   | untrusted
      staff    signed         | syncs    | login    | login    | login    | untrusted   | untrusted
      staff    expired        | expired  | expired  | expired  | expired  | expired     | untrusted
      none     clear          | syncs    | syncs    | syncs    | syncs    | syncs       | syncs
      none     signed         | syncs    | syncs    | syncs    | syncs    | untrusted   | untrusted
      machines signed         | no entry | no entry | no entry | no entry | untrusted   | untrusted
      """;

  private static final Map<String, Set<Integer>> CODES =
      Map.of(
          "login", Set.of(CBLError.Code.HTTP_AUTH_REQUIRED),
          "untrusted", Set.of(CBLError.Code.TLS_CERT_UNTRUSTED),
          // a pin does not beat the dates here; it has no constant for this one
          "expired", Set.of(CBLError.Code.NETWORK_OFFSET + 14),
          // it brings no certificate, and is told so
          "no entry", Set.of(CBLError.Code.HTTP_FORBIDDEN));

  /** Of {@code secret}, with as few iterations as are read: the client tries a wrong one often. */
  private static final String HASH =
      "pbkdf2-sha256$1000$c2l4dGVlbiBieXRlcyBvaw==$"
          + "Yic6xB2Azj4fBhKstNB7WLaiOcN8ifBRJ7emnjo3D3c=";

  @TempDir static Path home;
  private static NodeProcess node;
  private static byte[] stranger;

  @BeforeAll
  static void start() throws Exception {
    KeyTool tool = new KeyTool(home.resolve("keys"));
    Path alone = tool.alone("alone");
    stranger = KeyTool.certificate(tool.alone("stranger"));
    identity("imported", alone);
    identity("signed", tool.signed("signed"));
    identity("expired", tool.signed("expired", "-startdate", "-400d", "-validity", "30"));
    NodeProcess.configure(home, "dev.divan.tls.selfsigned-selfsigned.cfg", "commonName=office");
    NodeProcess.configure(home, "dev.divan.store.memory-heap.cfg", "name=heap");
    NodeProcess.configure(
        home,
        "dev.divan.listener.auth.password-staff.cfg",
        "username=ann",
        ".passwordHash=" + HASH);
    NodeProcess.configure(
        home,
        "dev.divan.listener.auth.certificate-machines.cfg",
        "rootCertificates=" + home.resolve("keys").resolve("authority.pem"));
    for (String row : MATRIX.lines().skip(1).toList()) {
      String[] head = row.split("\\s+");
      listener(head[0], head[1]);
    }
    node = NodeProcess.start(home);
  }

  private static void identity(String label, Path file) throws Exception {
    NodeProcess.configure(
        home,
        "dev.divan.tls.imported-" + label + ".cfg",
        "file=" + file,
        ".password=" + KeyTool.PASSWORD);
  }

  private static void listener(String authenticator, String transport) throws Exception {
    String name = authenticator + "-" + transport;
    NodeProcess.configure(home, "dev.divan.database-" + name + ".cfg", "store=heap");
    List<String> lines = new ArrayList<>();
    lines.add("database=" + name);
    lines.add("networkInterface=127.0.0.1");
    lines.add(transport.equals("clear") ? "disableTLS=true" : "tlsIdentity=" + transport);
    if (!authenticator.equals("none")) lines.add("authenticator=" + authenticator);
    NodeProcess.configure(
        home, "dev.divan.listener-" + name + ".cfg", lines.toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    if (node != null) node.close();
  }

  @TestFactory
  Stream<DynamicContainer> everyCell() {
    return MATRIX.lines().skip(1).map(TrustTest::row);
  }

  private static DynamicContainer row(String line) {
    String[] columns = line.split("\\s*\\|\\s*");
    String[] head = columns[0].split("\\s+");
    return DynamicContainer.dynamicContainer(
        columns[0],
        Stream.iterate(0, i -> i < BROUGHT.size(), i -> i + 1)
            .map(
                i ->
                    DynamicTest.dynamicTest(
                        BROUGHT.get(i) + ": " + columns[i + 1],
                        () -> play(head[0] + "-" + head[1], BROUGHT.get(i), columns[i + 1]))));
  }

  private static void play(String listener, String brought, String outcome) throws Exception {
    URI url = node.listening(listener);
    try (Client client = new Client(home, url)) {
      if (!brought.equals("absent") && !brought.equals("session"))
        client.as("ann", brought.equals("wrong") ? "guess" : "secret");
      if (brought.equals("another pin")) client.pinning(stranger);
      else if (!brought.equals("no pin") && url.getScheme().equals("wss"))
        client.pinning(Certificates.of(url));
      client.save(brought, "text", "from the phone");
      ReplicatorConfiguration configuration =
          client.configuration(ReplicatorType.PUSH).setMaxAttempts(1);
      if (brought.equals("session"))
        configuration.setAuthenticator(new SessionAuthenticator("a-session"));
      Client.Outcome seen = Client.run(configuration);
      if (outcome.equals("syncs")) {
        assertNull(seen.error());
        assertEquals(Set.of(brought), seen.pushed());
      } else {
        assertNotNull(seen.error());
        assertTrue(CODES.get(outcome).contains(seen.error().getCode()), seen.error()::toString);
        assertEquals(Set.of(), seen.pushed());
      }
    }
  }
}
