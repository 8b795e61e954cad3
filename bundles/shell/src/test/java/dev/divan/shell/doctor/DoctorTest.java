// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Authenticator;
import dev.divan.auth.BasicAuthenticator;
import dev.divan.shell.doctor.Finding.Mark;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.trust.Contexts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against a real socket, but for what a loopback interface cannot do. */
class DoctorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String DEFAULT = "_default._default";
  private static final ServerTrust SELF_SIGNED = new ServerTrust.OnlySelfSigned();

  private final World network = new Network(new Contexts(), PATIENCE, PATIENCE);
  private final BasicAuthenticator tablet =
      new BasicAuthenticator("tablet", "s3cret-4711".toCharArray());

  private static List<Finding> examine(World world, Patient patient) {
    List<Finding> findings = new ArrayList<>();
    boolean well = new Doctor(world).examine(patient, findings::add);
    assertEquals(findings.stream().noneMatch(each -> each.mark() == Mark.BAD), well);
    for (Finding each : findings)
      assertEquals(
          each.mark() == Mark.BAD || each.mark() == Mark.DOUBT,
          each.fix() != null,
          "what is not good has a fix: " + each);
    return findings;
  }

  private static Patient patient(
      String url, ServerTrust trust, @Nullable Authenticator who, String... collections) {
    return new Patient(URI.create(url), trust, who, Map.of(), List.of(collections));
  }

  private List<Finding> examine(
      ScriptedPeer peer, String scheme, ServerTrust trust, @Nullable Authenticator who) {
    String url = scheme + "://127.0.0.1:" + peer.port() + "/notes";
    return examine(network, patient(url, trust, who, DEFAULT));
  }

  private static Finding last(List<Finding> findings) {
    return findings.get(findings.size() - 1);
  }

  private static void assertBad(List<Finding> findings, String check, String words) {
    Finding last = last(findings);
    assertEquals(Mark.BAD, last.mark(), last.toString());
    assertEquals(check, last.check(), last.toString());
    assertTrue((last.what() + " | " + last.fix()).contains(words), last.toString());
  }

  @Test
  void aHealthyPairIsGoodFromTheNameToTheCollections() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      List<Finding> findings = examine(peer, "wss", SELF_SIGNED, tablet);
      assertEquals(
          List.of(
              "name",
              "port",
              "certificate",
              "trust",
              "clock",
              "login",
              "database",
              "protocol",
              "collections"),
          findings.stream().map(Finding::check).toList(),
          findings.toString());
      assertTrue(peer.requests.get(0).startsWith("GET /notes/_blipsync HTTP/1.1\r\n"));
      assertTrue(peer.requests.get(0).contains("Authorization: Basic "));
    }
  }

  @Test
  void aNameThatNobodyKnowsEndsIt() {
    FakeWorld world = new FakeWorld();
    world.unknown = true;
    assertBad(
        examine(world, patient("wss://nohost/db", SELF_SIGNED, null, DEFAULT)), "name", "nohost");
  }

  @Test
  void silenceRefusalAndNoRouteAreToldApart() throws Exception {
    FakeWorld world = new FakeWorld();
    world.failure = new SocketTimeoutException("connect timed out");
    Patient patient = patient("wss://h:4984/db", SELF_SIGNED, null, DEFAULT);
    assertBad(examine(world, patient), "port", "firewall");
    world.failure = new NoRouteToHostException("No route to host");
    assertBad(examine(world, patient), "route", "No route to host");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    assertBad(
        examine(network, patient("ws://127.0.0.1:" + free + "/db", SELF_SIGNED, null, DEFAULT)),
        "port",
        "nobody listens");
  }

  @Test
  void tlsAndClearAreToldApartBothWays() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      assertBad(examine(peer, "ws", SELF_SIGNED, tablet), "TLS", "Write wss://");
      assertTrue(peer.requests.isEmpty(), "nothing came through");
    }
    try (ScriptedPeer peer = new ScriptedPeer(null)) {
      peer.answer = request -> ScriptedPeer.refusal(401, "who are you?");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "TLS", "disableTLS");
      assertFalse(peer.requests.toString().contains("Authorization"), "no password in clear");
    }
  }

  @Test
  void somethingElseOnThePortIsNoListener() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer(null)) {
      peer.answer = request -> "SSH-2.0-OpenSSH_9\r\n";
      assertBad(examine(peer, "ws", SELF_SIGNED, null), "TLS", "neither HTTP nor TLS");
    }
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      peer.answer = request -> ScriptedPeer.refusal(200, "<html>");
      assertBad(examine(peer, "wss", SELF_SIGNED, null), "protocol", "no listener");
      peer.answer = request -> ScriptedPeer.refusal(301, "");
      assertBad(examine(peer, "wss", SELF_SIGNED, null), "protocol", "sent elsewhere");
    }
  }

  @Test
  void aPasswordInClearIsDoubtful() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer(null)) {
      List<Finding> findings = examine(peer, "ws", SELF_SIGNED, tablet);
      assertTrue(
          findings.stream()
              .anyMatch(each -> each.check().equals("TLS") && each.mark() == Mark.DOUBT),
          findings.toString());
      assertEquals(Mark.GOOD, last(findings).mark(), findings.toString());
    }
  }

  @Test
  void nobodyUntrustedIsSentAPassword() throws Exception {
    ServerTrust other = new ServerTrust.Pinned(Set.of("ab".repeat(32)));
    String fingerprint =
        TLSIdentity.fingerprint(
            (X509Certificate) ScriptedPeer.keys("valid.p12").getCertificate("k"));
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      List<Finding> findings = examine(peer, "wss", other, tablet);
      assertBad(findings, "trust", "abab");
      assertTrue(last(findings).fix().replace(":", "").contains(fingerprint), "what to pin");
      assertBad(
          examine(peer, "wss", new ServerTrust.Authorities(), tablet), "trust", "self-signed");
      assertTrue(peer.requests.isEmpty());
      assertEquals(
          Mark.GOOD,
          last(examine(peer, "wss", new ServerTrust.Pinned(Set.of(fingerprint)), tablet)).mark());
    }
  }

  @Test
  void anExpiredCertificateIsSeenEvenWhereAPinForgivesIt() throws Exception {
    String fingerprint =
        TLSIdentity.fingerprint(
            (X509Certificate) ScriptedPeer.keys("expired.p12").getCertificate("k"));
    try (ScriptedPeer peer = new ScriptedPeer("expired.p12")) {
      assertBad(examine(peer, "wss", SELF_SIGNED, null), "trust", "expired");
      List<Finding> findings =
          examine(peer, "wss", new ServerTrust.Pinned(Set.of(fingerprint)), null);
      assertEquals(Mark.DOUBT, findings.get(2).mark(), findings.toString());
      assertTrue(findings.get(2).what().contains("expired"));
      assertEquals(Mark.GOOD, last(findings).mark());
    }
  }

  @Test
  void eachRefusalSaysWhatToMend() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      peer.answer = request -> ScriptedPeer.refusal(401, "{\"error\":\"a name, please\"}");
      assertBad(
          examine(peer, "wss", SELF_SIGNED, null),
          "login",
          "are wanted (HTTP 401: a name, please)");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "password is wrong");
      peer.answer =
          request -> ScriptedPeer.refusal(403, "this listener demands a client certificate");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "client certificate");
      peer.answer = request -> ScriptedPeer.refusal(403, "no sub-protocol in common");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "protocol", "no common protocol");
      peer.answer = request -> ScriptedPeer.refusal(404, "no database");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "database", "notes");
      peer.answer = request -> ScriptedPeer.refusal(429, "");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "too many failed logins");
      peer.answer =
          request -> ScriptedPeer.refusal(429, "too many logins from your address at once");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "too many log in");
      peer.answer = request -> ScriptedPeer.refusal(503, "nobody is here");
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "nobody is here");
      peer.answer = request -> "";
      assertBad(examine(peer, "wss", SELF_SIGNED, tablet), "login", "hung up");
    }
  }

  @Test
  void whoWaitsForAChallengeAnswersIt() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      peer.answer =
          request ->
              request.contains("Authorization: ")
                  ? ScriptedPeer.upgrade(request)
                  : "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n";
      assertEquals(Mark.GOOD, last(examine(peer, "wss", SELF_SIGNED, tablet.onChallenge())).mark());
      assertEquals(2, peer.requests.size());
    }
  }

  @Test
  void aClockThatIsFarOffIsDoubtful() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      String date =
          DateTimeFormatter.RFC_1123_DATE_TIME.format(
              Instant.now().minus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC));
      peer.answer =
          request ->
              ScriptedPeer.upgrade(request).replace("\r\n\r\n", "\r\nDate: " + date + "\r\n\r\n");
      List<Finding> findings = examine(peer, "wss", SELF_SIGNED, null);
      Finding clock =
          findings.stream().filter(each -> each.check().equals("clock")).findFirst().orElseThrow();
      assertEquals(Mark.DOUBT, clock.mark());
      assertTrue(clock.what().contains("3 h") && clock.what().contains("behind"), clock.what());
      assertEquals(Mark.GOOD, last(findings).mark(), "it hinders nothing");
    }
  }

  @Test
  void aProtocolThatWasNotOfferedAndAForgedUpgradeAreSeen() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      peer.answer = request -> ScriptedPeer.upgrade(request, "BLIP_3+CBMobile_4");
      assertBad(examine(peer, "wss", SELF_SIGNED, null), "protocol", "CBMobile_4");
      peer.answer = request -> ScriptedPeer.upgrade("Sec-WebSocket-Key: other ");
      assertBad(examine(peer, "wss", SELF_SIGNED, null), "protocol", "proxy");
    }
  }

  @Test
  void collectionsThatAreNotSharedAreNamed() throws Exception {
    try (ScriptedPeer peer = new ScriptedPeer("valid.p12")) {
      Patient patient =
          patient(
              "wss://127.0.0.1:" + peer.port() + "/notes",
              SELF_SIGNED,
              null,
              DEFAULT,
              "shop.orders");
      peer.said = new ScriptedPeer.Said(1, "", "[{}, null]");
      assertBad(examine(network, patient), "collections", "does not share shop.orders");
      peer.said = new ScriptedPeer.Said(1, "", "{}");
      assertBad(examine(network, patient), "collections", "no list");
      peer.said =
          new ScriptedPeer.Said(2, "Error-Domain\0BLIP\0Error-Code\u0000404\0", "no handler");
      assertBad(examine(network, patient), "collections", "Renew the other side");
      assertEquals(Mark.GOOD, last(examine(peer, "wss", SELF_SIGNED, null)).mark());
      peer.said = null;
      assertBad(examine(network, patient), "collections", "did not talk as a peer");
    }
  }

  /** A host with an address, and one way to fail. */
  private static final class FakeWorld implements World {
    boolean unknown;
    IOException failure = new IOException("not told");

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
      if (unknown) throw new UnknownHostException(host);
      return List.of(InetAddress.getByAddress(host, new byte[] {10, 0, 0, 1}));
    }

    @Override
    public Line plain(InetSocketAddress address) throws IOException {
      throw failure;
    }

    @Override
    public Line secure(
        InetSocketAddress address, String host, ServerTrust trust, @Nullable TLSIdentity identity)
        throws IOException {
      throw failure;
    }

    @Override
    public List<X509Certificate> certificates(InetSocketAddress address, String host)
        throws IOException {
      throw failure;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }
  }
}
