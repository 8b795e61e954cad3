// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityAttributes.KeyAlgorithm;
import dev.divan.tls.OpenSsl;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How strong what we speak is, as OpenSSL sees it, and whatever the JVM would allow. */
class StrengthTest {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  @TempDir Path directory;
  private Identities identities;
  private TLSIdentity ec;

  @BeforeEach
  void identity() throws Exception {
    identities = new Identities(directory.resolve("kept"), Clock.systemUTC());
    ec = identities.createIdentity("ec", attributes());
  }

  private static IdentityAttributes attributes() {
    return new IdentityAttributes(
        "Strong", "Divan", "Tests", "a@b.example", List.of("divan.test", "127.0.0.1"), null);
  }

  private static SSLContext server(TLSIdentity identity) throws Exception {
    return new Contexts().server(() -> identity);
  }

  private static OpenSsl connect(EngineServer server, String... further) throws IOException {
    List<String> command = new ArrayList<>(List.of("s_client", "-connect", server.address()));
    command.addAll(List.of(further));
    return OpenSsl.start(command.toArray(String[]::new));
  }

  @Test
  void aContextKnowsOnlyWhatIsStrong() throws Exception {
    SSLContext dialling = new Contexts().client(new ServerTrust.OnlySelfSigned(), null);
    for (SSLContext context : List.of(dialling, server(ec))) {
      SSLEngine engine = context.createSSLEngine();
      for (var parameters :
          List.of(
              context.getDefaultSSLParameters(),
              context.getSupportedSSLParameters(),
              engine.getSSLParameters())) {
        assertEquals(PROTOCOLS, List.of(parameters.getProtocols()));
        assertEquals(9, parameters.getCipherSuites().length);
        for (String suite : parameters.getCipherSuites()) {
          assertTrue(suite.matches("TLS_(ECDHE_(ECDSA|RSA)_WITH_)?(AES|CHACHA20).*"), suite);
          assertTrue(suite.contains("GCM") || suite.contains("POLY1305"), suite);
        }
      }
    }
  }

  @Test
  void socketsForDiallingAreAsNarrowAndThereAreNoneForListening() throws Exception {
    SSLContext context = new Contexts().client(new ServerTrust.OnlySelfSigned(), null);
    var sockets = context.getSocketFactory();
    assertEquals(9, sockets.getSupportedCipherSuites().length);
    try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetAddress local = port.getInetAddress();
      for (var socket :
          List.of(sockets.createSocket(), sockets.createSocket(local, port.getLocalPort()))) {
        try (SSLSocket tls = (SSLSocket) socket) {
          assertEquals(PROTOCOLS, List.of(tls.getEnabledProtocols()));
          assertEquals(9, tls.getEnabledCipherSuites().length);
        }
      }
    }
    assertThrows(UnsupportedOperationException.class, context::getServerSocketFactory);
  }

  @ParameterizedTest
  @CsvSource({"EC,-tls1_2", "EC,-tls1_3", "RSA,-tls1_2", "RSA,-tls1_3"})
  void opensslConnectsAndVerifiesTheIdentity(KeyAlgorithm algorithm, String version)
      throws Exception {
    OpenSsl.assumeThere();
    TLSIdentity identity =
        identities.createIdentity(algorithm.name() + version, attributes().with(algorithm));
    Path pem = Files.writeString(directory.resolve("x.pem"), identity.toPem());
    for (String[] host :
        new String[][] {{"-verify_hostname", "divan.test"}, {"-verify_ip", "127.0.0.1"}}) {
      try (EngineServer server = new EngineServer(server(identity));
          OpenSsl client =
              connect(
                  server,
                  version,
                  "-CAfile",
                  pem.toString(),
                  "-verify_return_error",
                  host[0],
                  host[1])) {
        String said = client.until("Verify return code").say("hello").until("hello").rest();
        assertTrue(said.contains("Verify return code: 0 (ok)"), said);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void whatIsOlderThanTls12IsRefused(String version) throws Exception {
    OpenSsl.assumeThere();
    try (EngineServer server = new EngineServer(server(ec));
        OpenSsl client = connect(server, version, "-cipher", "ALL:@SECLEVEL=0")) {
      String said = client.rest();
      assertTrue(said.contains("protocol version"), said);
      assertFalse(said.contains("BEGIN CERTIFICATE"), said);
    }
  }

  /** Each of them the JVM by itself would take. */
  @ParameterizedTest
  @CsvSource({
    "EC,ECDHE-ECDSA-AES128-SHA",
    "EC,ECDHE-ECDSA-AES128-SHA256",
    "EC,ECDHE-ECDSA-AES256-SHA384",
    "RSA,ECDHE-RSA-AES256-SHA",
    "RSA,DHE-RSA-AES128-GCM-SHA256",
    "RSA,AES128-GCM-SHA256",
    "RSA,kRSA"
  })
  void weakerCipherSuitesAreRefused(KeyAlgorithm algorithm, String suites) throws Exception {
    OpenSsl.assumeThere();
    TLSIdentity identity =
        identities.createIdentity(algorithm.name() + "-key", attributes().with(algorithm));
    try (EngineServer server = new EngineServer(server(identity));
        OpenSsl client = connect(server, "-tls1_2", "-cipher", suites + ":@SECLEVEL=0")) {
      String said = client.rest();
      assertFalse(said.contains("BEGIN CERTIFICATE"), said);
      assertTrue(said.contains("alert handshake failure"), said);
    }
  }

  @Test
  void aClientsWishToRenegotiateEndsTheConnection() throws Exception {
    OpenSsl.assumeThere();
    try (EngineServer server = new EngineServer(server(ec));
        OpenSsl client = connect(server, "-tls1_2")) {
      client.until("Verify return code").say("before").until("before");
      String said = client.say("R").until("RENEGOTIATING").rest();
      assertTrue(said.contains("alert"), said);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noSideStartsASecondHandshake(boolean abbreviated) throws Exception {
    SSLEngine server = server(ec).createSSLEngine();
    server.setUseClientMode(false);
    SSLEngine client = unguarded(ec);
    Handshake.run(client, server);
    if (!abbreviated) {
      client.getSession().invalidate();
    }
    assertThrows(SSLException.class, () -> Handshake.run(client, server));
    assertThrows(SSLException.class, server::beginHandshake);
  }

  /** As a stranger's: nothing keeps it from trying. */
  private static SSLEngine unguarded(TLSIdentity identity) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        null,
        new javax.net.ssl.TrustManager[] {new OnlyPinned(Set.of(identity.getFingerprint()))},
        null);
    SSLEngine engine = context.createSSLEngine("x", 1);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {"TLSv1.2"});
    return engine;
  }

  @Test
  void keysAreStillUpdatedWithinTls13() throws Exception {
    OpenSsl.assumeThere();
    try (EngineServer server = new EngineServer(server(ec));
        OpenSsl client = connect(server, "-tls1_3")) {
      client.until("Verify return code").say("before").until("before");
      client.say("K").until("KEYUPDATE").say("after").until("after");
    }
  }
}
