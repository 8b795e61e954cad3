// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.Listening;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextsTest {
  private static final ServerTrust AUTHORITIES = new ServerTrust.Authorities();
  private static final ServerTrust SELF_SIGNED = new ServerTrust.OnlySelfSigned();

  @TempDir Path directory;
  private static TestAuthority authority;
  private static TLSIdentity signed;
  private TLSIdentity selfSigned;
  private SSLEngine client;
  private SSLEngine server;

  @BeforeAll
  static void authority() throws Exception {
    authority = new TestAuthority();
    signed =
        authority.sign("site", Instant.now().plus(Duration.ofDays(9)), "divan.test", "10.1.2.3");
  }

  @BeforeEach
  void identities() throws Exception {
    selfSigned =
        new Identities(directory, Clock.systemUTC())
            .createIdentity("self", IdentityAttributes.of("self"));
  }

  private TLSIdentity expired() throws Exception {
    Instant then = Instant.parse("2020-01-02T00:00:00Z");
    return new Identities(directory.resolve("old"), Clock.fixed(then, ZoneOffset.UTC))
        .createIdentity(
            "old",
            new IdentityAttributes(
                "old", null, null, null, List.of(), then.plus(Duration.ofDays(1))));
  }

  private void shake(String host, ServerTrust trust, TLSIdentity identity) throws Exception {
    shake(host, trust, null, () -> identity, false, "TLSv1.3");
  }

  private void shake(
      String host,
      ServerTrust trust,
      TLSIdentity own,
      Supplier<TLSIdentity> identity,
      boolean clientCertificate,
      String protocol)
      throws Exception {
    Contexts contexts = new Contexts(authority.anchors(), Clock.systemUTC());
    client = contexts.client(trust, own).createSSLEngine(host, 443);
    client.setUseClientMode(true);
    client.setEnabledProtocols(new String[] {protocol});
    server = contexts.server(identity).createSSLEngine();
    server.setUseClientMode(false);
    server.setNeedClientAuth(clientCertificate);
    Handshake.run(client, server);
  }

  private String refusal(String host, ServerTrust trust, TLSIdentity identity) {
    SSLException refused = assertThrows(SSLException.class, () -> shake(host, trust, identity));
    return refused.getCause() == null ? refused.getMessage() : refused.getCause().getMessage();
  }

  private static void assertSays(String part, String message) {
    assertTrue(message.contains(part), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"divan.test", "10.1.2.3"})
  void anAuthoritysCertificateIsTrustedForItsHosts(String host) throws Exception {
    shake(host, AUTHORITIES, signed);
    assertEquals(signed.getCerts().get(0), client.getSession().getPeerCertificates()[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.test", "10.1.2.4", "::1"})
  void anAuthoritysCertificateIsRefusedForOtherHosts(String host) {
    assertSays("the certificate is not for " + host, refusal(host, AUTHORITIES, signed));
  }

  @Test
  void authoritiesAreNotTrustedWithoutKnowingTheHost() {
    assertSays("the certificate is not for null", refusal(null, AUTHORITIES, signed));
  }

  @Test
  void anUnknownAuthorityIsRefusedByName() throws Exception {
    TLSIdentity foreign =
        new TestAuthority().sign("site", Instant.now().plus(Duration.ofDays(9)), "divan.test");
    String message = refusal("divan.test", AUTHORITIES, foreign);
    assertSays("signed by no authority this JVM knows, but by CN=Test authority", message);
  }

  @Test
  void anExpiredCertificateOfAnAuthorityIsRefused() throws Exception {
    TLSIdentity old = authority.sign("site", Instant.now().minus(Duration.ofDays(1)), "divan.test");
    assertSays("has expired on", refusal("divan.test", AUTHORITIES, old));
  }

  @Test
  void authoritiesRefuseTheSelfSignedAndTellTheWayOut() {
    String message = refusal("self", AUTHORITIES, selfSigned);
    assertSays("the certificate is self-signed", message);
    assertSays("acceptOnlySelfSignedServerCertificate", message);
    assertSays(selfSigned.getFingerprint(), message);
  }

  @Test
  void onlySelfSignedTakesTheSelfSignedUnderAnyHostName() throws Exception {
    shake("what.ever", SELF_SIGNED, selfSigned);
    assertEquals(selfSigned.getCerts().get(0), client.getSession().getPeerCertificates()[0]);
  }

  @Test
  void onlySelfSignedRefusesWhatAnAuthoritySigned() {
    assertSays("is not self-signed", refusal("divan.test", SELF_SIGNED, signed));
  }

  @Test
  void onlySelfSignedRefusesOneThatOnlyClaimsToBe() throws Exception {
    TLSIdentity claim = authority.signAs("self", "self", Instant.now().plus(Duration.ofDays(9)));
    assertSays("is not self-signed", refusal("self", SELF_SIGNED, claim));
  }

  @Test
  void onlySelfSignedRefusesTheExpired() throws Exception {
    assertSays("has expired on 2020-01-03", refusal("old", SELF_SIGNED, expired()));
  }

  @Test
  void aPinTakesExactlyThatCertificateWhateverElseItSays() throws Exception {
    for (TLSIdentity identity : List.of(selfSigned, signed, expired())) {
      shake("what.ever", ServerTrust.Pinned.to(identity.getCerts().get(0)), identity);
      assertEquals(identity.getCerts().get(0), client.getSession().getPeerCertificates()[0]);
    }
  }

  @Test
  void aPinRefusesEveryOtherCertificate() {
    ServerTrust pin = ServerTrust.Pinned.to(selfSigned.getCerts().get(0));
    String message = refusal("divan.test", pin, signed);
    assertSays("is not the pinned one", message);
    assertSays(signed.getFingerprint(), message);
  }

  @Test
  void aPinOfTheAuthorityIsNotAPinOfTheLeaf() {
    X509Certificate root = signed.getCerts().get(1);
    assertSays("is not the pinned one", refusal("divan.test", ServerTrust.Pinned.to(root), signed));
  }

  @Test
  void theOldAndTheNextPinAreValidTogether() throws Exception {
    ServerTrust both =
        ServerTrust.Pinned.to(selfSigned.getCerts().get(0), signed.getCerts().get(0));
    shake("x", both, selfSigned);
    shake("x", both, signed);
    assertSays("is not the pinned one", refusal("x", both, expired()));
  }

  @Test
  void rootsOfOnesOwnAreTheOnlyOnesThatCount() throws Exception {
    TestAuthority own = new TestAuthority();
    ServerTrust trust = new ServerTrust.Authorities(Set.of(own.root()));
    Instant soon = Instant.now().plus(Duration.ofDays(9));
    shake("divan.test", trust, own.sign("site", soon, "divan.test"));
    assertSays(
        "the certificate is not for other.test",
        refusal("other.test", trust, own.sign("site", soon, "divan.test")));
    assertSays(
        "signed by none of trustedCertificates, but by CN=Test authority",
        refusal("divan.test", trust, signed));
  }

  @Test
  void anExpiredIdentityIsShownWithOneWarning() throws Exception {
    TLSIdentity old = expired();
    SSLContext listening = new Contexts().server(() -> old);
    try (Listening log = new Listening()) {
      for (int handshake = 0; handshake < 3; handshake++) {
        SSLEngine dialling =
            new Contexts()
                .client(ServerTrust.Pinned.to(old.getCerts().get(0)), null)
                .createSSLEngine("x", 1);
        dialling.setUseClientMode(true);
        SSLEngine answering = listening.createSSLEngine();
        answering.setUseClientMode(false);
        Handshake.run(dialling, answering);
      }
      assertEquals(
          List.of(
              "WARN the TLS identity old shown to peers has expired on 2020-01-03T00:00:00Z;"
                  + " those who have not pinned it refuse it"),
          log.lines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aClientsCertificateIsTakenUnjudged(String protocol) throws Exception {
    TLSIdentity own = expired();
    shake("x", SELF_SIGNED, own, () -> selfSigned, true, protocol);
    assertArrayEquals(
        new Certificate[] {own.getCerts().get(0)}, server.getSession().getPeerCertificates());
  }

  @Test
  void aClientWithoutCertificateIsRefusedWhereOneIsDemanded() {
    assertThrows(
        SSLException.class, () -> shake("x", SELF_SIGNED, null, () -> selfSigned, true, "TLSv1.2"));
  }

  @Test
  void aClientsCertificateIsNotAskedForWhereNoneIsDemanded() throws Exception {
    shake("x", SELF_SIGNED, signed, () -> selfSigned, false, "TLSv1.3");
    assertThrows(SSLPeerUnverifiedException.class, () -> server.getSession().getPeerCertificates());
  }

  @Test
  void theIdentityIsAskedForAtEachHandshake() throws Exception {
    AtomicReference<TLSIdentity> identity = new AtomicReference<>(selfSigned);
    Contexts contexts = new Contexts(authority.anchors(), Clock.systemUTC());
    var listening = contexts.server(identity::get);
    for (TLSIdentity now : List.of(selfSigned, signed, selfSigned)) {
      identity.set(now);
      SSLEngine dialling =
          contexts
              .client(ServerTrust.Pinned.to(now.getCerts().get(0)), null)
              .createSSLEngine("x", 1);
      dialling.setUseClientMode(true);
      SSLEngine answering = listening.createSSLEngine();
      answering.setUseClientMode(false);
      Handshake.run(dialling, answering);
      assertEquals(now.getCerts().get(0), dialling.getSession().getPeerCertificates()[0]);
    }
  }

  @Test
  void withoutAnIdentityNoHandshakeSucceeds() {
    assertThrows(
        SSLException.class, () -> shake("x", SELF_SIGNED, null, () -> null, false, "TLSv1.3"));
  }
}
