// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.ReplicatorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who gets in, by which authenticator, over which transport, with what. A document waits on either
 * side of each cell: both go over, or neither.
 *
 * <p>What expires or is not trusted is what the authenticator judges, a certificate or an account;
 * where it judges a password or nothing, it is the certificate of the listener.
 */
class MatrixTest {
  private static final List<String> BROUGHT =
      List.of("right", "wrong", "absent", "expired", "untrusted");

  private static final String MATRIX =
      """
      authenticator transport | right | wrong     | absent         | expired     | untrusted
      password    ws          | syncs | HTTP 401  | HTTP 401       | -           | -
      password    self-signed | syncs | HTTP 401  | HTTP 401       | past        | unknown
      password    imported    | syncs | HTTP 401  | HTTP 401       | has expired | not pinned
      password    CA-signed   | syncs | HTTP 401  | HTTP 401       | has expired | unknown
      certificate ws          | clear | clear     | clear          | clear       | clear
      certificate self-signed | syncs | HTTP 403  | HTTP 403       | HTTP 403    | HTTP 403
      certificate imported    | syncs | HTTP 403  | HTTP 403       | HTTP 403    | HTTP 403
      certificate CA-signed   | syncs | HTTP 403  | HTTP 403       | HTTP 403    | HTTP 403
      JAAS        ws          | syncs | HTTP 401  | HTTP 401       | HTTP 401    | -
      JAAS        self-signed | syncs | HTTP 401  | HTTP 401       | HTTP 401    | unknown
      JAAS        imported    | syncs | HTTP 401  | HTTP 401       | HTTP 401    | not pinned
      JAAS        CA-signed   | syncs | HTTP 401  | HTTP 401       | HTTP 401    | unknown
      none        ws          | syncs | syncs     | syncs          | -           | -
      none        self-signed | syncs | syncs     | syncs          | past        | unknown
      none        imported    | syncs | syncs     | syncs          | pinned      | not pinned
      none        CA-signed   | syncs | syncs     | syncs          | has expired | CA-signed
      """;

  /** The replicator's word on a handshake that failed. */
  private static final Map<String, String> HANDSHAKES =
      Map.of(
          "has expired", "has expired",
          "unknown", "is not trusted",
          "not pinned", "is not trusted",
          "CA-signed", "is not trusted");

  @TempDir static Path homes;
  private static Parties parties;

  @BeforeAll
  static void start() throws Exception {
    parties = new Parties(homes);
  }

  @AfterAll
  static void stop() throws Exception {
    if (parties != null) parties.close();
  }

  @TestFactory
  Stream<DynamicContainer> everyCell() {
    return MATRIX.lines().skip(1).map(MatrixTest::row);
  }

  @Test
  void whatIsPinnedIsNotDialledInClear() throws Exception {
    parties
        .field()
        .configure(
            "dev.divan.replicator",
            "pinned",
            Map.of(
                "database",
                "notes",
                "url",
                "ws://127.0.0.1:" + parties.office().listener("none-ws").getPort() + "/notes",
                "pinnedServerCertificate",
                "00".repeat(32)));
    parties.field().awaitNotice("pinned", "pinnedServerCertificate");
  }

  private static DynamicContainer row(String line) {
    String[] columns = line.split("\\s*\\|\\s*");
    String[] head = columns[0].split("\\s+");
    List<DynamicTest> cells = new ArrayList<>();
    for (int i = 0; i < BROUGHT.size(); i++) {
      String brought = BROUGHT.get(i);
      String outcome = columns[i + 1];
      // nothing expires, and nobody vouches for anything, where all is in clear
      if (!outcome.equals("-"))
        cells.add(
            DynamicTest.dynamicTest(
                brought + ": " + outcome, () -> play(head[0], head[1], brought, outcome)));
    }
    return DynamicContainer.dynamicContainer(columns[0], cells);
  }

  private static void play(String authenticator, String transport, String brought, String outcome)
      throws Exception {
    switch (outcome) {
      case "past" -> parties.office().awaitNotice("past", "expiration");
      case "clear" -> {
        parties.office().awaitNotice(authenticator + "-ws", "demands client certificates");
        assertNull(
            parties.office().service(URLEndpointListener.class, "(name=" + authenticator + "-ws)"));
      }
      default -> {
        Parties.Outcome seen = parties.replicate(authenticator, transport, brought);
        if (outcome.equals("syncs") || outcome.equals("pinned")) assertSynced(seen);
        else assertRefused(seen, outcome);
      }
    }
  }

  private static void assertSynced(Parties.Outcome seen) {
    assertNull(seen.error());
    assertTrue(seen.pushed() && seen.pulled(), seen::toString);
  }

  private static void assertRefused(Parties.Outcome seen, String outcome) {
    assertFalse(seen.pushed() || seen.pulled(), "nothing goes over");
    assertEquals(0, seen.sessions(), "nobody is in");
    ReplicatorException error = seen.error();
    assertNotNull(error);
    if (outcome.startsWith("HTTP ")) {
      assertEquals(ReplicatorException.Domain.HTTP, error.getDomain(), error::toString);
      assertEquals(outcome, "HTTP " + error.getCode());
    } else {
      assertEquals(ReplicatorException.Domain.TLS, error.getDomain(), error::toString);
      assertTrue(
          String.valueOf(error.getMessage()).contains(HANDSHAKES.get(outcome)), error::toString);
    }
    assertFalse(error.isTransient(), "trying again does not help");
  }
}
