// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.BlipError;
import dev.divan.database.replica.Outcome.Fault;
import dev.divan.database.replica.Outcome.Refused;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static ReplicatorException dialled(int status) {
    return Faults.fromDial(new DialException(status, Map.of(), "no"));
  }

  private static ReplicatorException closed(int code) {
    return Faults.fromClosure(new Closure(code, "", true, null));
  }

  @DisplayName("conformance 9: HTTP 408, 429, 502, 503, 504 are transient")
  @ParameterizedTest
  @ValueSource(ints = {408, 429, 502, 503, 504})
  void transientStatuses(int status) {
    assertTrue(dialled(status).isTransient());
    assertEquals(status, dialled(status).getCode());
    assertEquals(Domain.HTTP, dialled(status).getDomain());
  }

  @DisplayName("conformance 9: other HTTP statuses are permanent")
  @ParameterizedTest
  @ValueSource(ints = {200, 301, 400, 401, 403, 404, 405, 407, 409, 410, 426, 500, 501, 505})
  void permanentStatuses(int status) {
    assertFalse(dialled(status).isTransient());
  }

  @DisplayName("conformance 11: close 4001 is transient, and so is a lost connection")
  @Test
  void transientCloses() {
    assertTrue(closed(4001).isTransient());
    assertTrue(closed(Closure.ABNORMAL).isTransient());
    assertEquals(Domain.NETWORK, closed(Closure.ABNORMAL).getDomain());
  }

  @DisplayName("conformance 11: close 1000, 1001, 1008, 1011, 4002 from the peer are permanent")
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1008, 1009, 1011, 4002})
  void permanentCloses(int code) {
    assertFalse(closed(code).isTransient());
    assertEquals(Domain.WEBSOCKET, closed(code).getDomain());
  }

  @DisplayName("conformance 3: a wrong sub-protocol is permanent")
  @Test
  void wrongProtocol() {
    assertFalse(Faults.fromDial(new DialException(Reason.PROTOCOL, "odd", null)).isTransient());
  }

  @Test
  void certificatesDoNotBecomeBetterByWaiting() {
    ReplicatorException tls = Faults.fromDial(new DialException(Reason.TLS, "untrusted", null));
    assertFalse(tls.isTransient());
    assertEquals(Domain.TLS, tls.getDomain());
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"UNKNOWN_HOST", "REFUSED", "UNREACHABLE", "TIMEOUT"})
  void theNetworkMayComeBack(Reason reason) {
    ReplicatorException failure = Faults.fromDial(new DialException(reason, "no", null));
    assertTrue(failure.isTransient());
    assertEquals(Domain.NETWORK, failure.getDomain());
  }

  @DisplayName(
      "conformance 77: errors in replies keep domain and code; 5xx of a gateway are transient")
  @Test
  void repliesWithErrors() {
    ReplicatorException busy = Faults.fromWire(new BlipError("HTTP", 503, ""));
    assertEquals(Domain.HTTP, busy.getDomain());
    assertEquals(503, busy.getCode());
    assertTrue(busy.isTransient());
    for (int permanent : new int[] {400, 401, 403, 404, 409, 422, 500})
      assertFalse(Faults.fromWire(new BlipError("HTTP", permanent, "")).isTransient());
    for (String domain : new String[] {"LiteCore", "BLIP", "POSIX", "SQLite", "Fleece", "odd"}) {
      assertEquals(Domain.PEER, Faults.fromWire(new BlipError(domain, 503, "")).getDomain());
      assertFalse(Faults.fromWire(new BlipError(domain, 503, "")).isTransient());
    }
    assertEquals(Domain.HTTP, Faults.fromWire(new BlipError("WebSocket", 404, "")).getDomain());
    assertEquals(
        Domain.WEBSOCKET, Faults.fromWire(new BlipError("WebSocket", 1011, "")).getDomain());
    assertEquals(Domain.NETWORK, Faults.fromWire(new BlipError("Network", 3, "")).getDomain());
    assertEquals(Domain.TLS, Faults.fromWire(new BlipError("mbedTLS", 3, "")).getDomain());
  }

  @DisplayName("conformance 97: what a database refuses, in the codes of the wire")
  @Test
  void refusals() {
    assertEquals("LiteCore/29", code(Fault.BAD_DOCUMENT_ID));
    assertEquals("HTTP/400", code(Fault.BAD_REVISION_ID));
    assertEquals("LiteCore/4", code(Fault.BAD_HISTORY));
    assertEquals("LiteCore/7", code(Fault.BLOB_MISSING));
    assertEquals("HTTP/503", code(Fault.STORE));
  }

  private static String code(Fault fault) {
    BlipError error = Faults.refused(new Refused(fault, "words"));
    return error.domain() + "/" + error.code();
  }

  @Test
  void onlyABusyPeerIsLeftWithTheWishToComeBack() {
    assertEquals(4001, Faults.closeCode(new BlipError("HTTP", 503, "")));
    assertEquals(4002, Faults.closeCode(new BlipError("HTTP", 403, "")));
    assertEquals(4002, Faults.closeCode(new BlipError("BLIP", 404, "")));
    assertEquals(4002, Faults.closeCode(new BlipError("LiteCore", 503, "")));
  }
}
