// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsTest {
  private final Stage stage = new Stage();

  @AfterEach
  void stop() {
    stage.close();
  }

  private static void says(DialException failure, Reason reason, String words) {
    assertEquals(reason, failure.reason(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.getMessage());
  }

  private static String wss(Binding binding) {
    return "wss://localhost:" + binding.port() + "/db";
  }

  @Test
  void aCertificateThatIsNotTrustedIsNamedAsTheFault() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), false);
    says(
        stage.failure(wss(binding), Keys.context(null, (Keys) null)), Reason.TLS, "is not trusted");
  }

  @Test
  void anExpiredCertificateIsNamedAsTheFault() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.EXPIRED, Keys.CLIENT), false);
    X509ExtendedTrustManager strict =
        new Trust() {
          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
              throws CertificateException {
            chain[0].checkValidity();
          }
        };
    says(stage.failure(wss(binding), Keys.context(null, strict)), Reason.TLS, "has expired");
  }

  @Test
  void theTrustManagerLearnsTheHostThatWasDialed() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), false);
    AtomicReference<String> host = new AtomicReference<>();
    X509ExtendedTrustManager curious =
        new Trust() {
          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            host.set(engine.getPeerHost() + ":" + engine.getPeerPort());
          }
        };
    stage.dial(wss(binding), Keys.context(null, curious), Stage.LONG).get(10, TimeUnit.SECONDS);
    assertEquals("localhost:" + binding.port(), host.get());
  }

  @Test
  void bothEndsSeeTheOthersCertificate() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), true);
    Channel dialed =
        stage
            .dial(wss(binding), Keys.context(Keys.CLIENT, Keys.SERVER), Stage.LONG)
            .get(10, TimeUnit.SECONDS);
    assertEquals(List.of(Keys.SERVER.certificate()), dialed.peer().certificates());
    assertEquals(List.of(Keys.CLIENT.certificate()), stage.entered().peer().certificates());
    assertEquals(List.of(Keys.CLIENT.certificate()), stage.knocks.remove().peer().certificates());
  }

  @Test
  void aClientWithoutTheCertificateAskedForIsLeftToTheDoorkeeper() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), true);
    stage.dial(wss(binding), Keys.context(null, Keys.SERVER), Stage.LONG).get(10, TimeUnit.SECONDS);
    assertEquals(List.of(), stage.knocks.remove().peer().certificates());
  }

  @Test
  void dialingInClearToATlsPortIsToldWhatToDo() throws Exception {
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), false);
    DialException failure = stage.failure("ws://localhost:" + binding.port() + "/db", null);
    says(failure, Reason.STATUS, "use wss://");
    assertEquals(400, failure.status());
  }

  @Test
  void dialingWithTlsToAPlainPortIsToldWhatToDo() throws Exception {
    Binding binding = stage.bind(null, false);
    says(
        stage.failure(wss(binding), Keys.context(null, Keys.SERVER)),
        Reason.UNREACHABLE,
        "use ws://");
  }

  @Test
  void aPlainServerThatAnswersTheHelloIsRecognised() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              socket.getInputStream().read();
              Script.write(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            })) {
      says(
          stage.failure(
              "wss://localhost:" + script.port() + "/db", Keys.context(null, Keys.SERVER)),
          Reason.TLS,
          "does not speak TLS on that port: use ws://");
    }
  }

  @Test
  void aTlsSessionSurvivesManySmallFramesAndAClose() throws Exception {
    SSLContext client = Keys.context(null, Keys.SERVER);
    Binding binding = stage.bind(Keys.context(Keys.SERVER, Keys.CLIENT), false);
    for (int round = 0; round < 3; round++) {
      CompletableFuture<Channel> dial = stage.dial(wss(binding), client, Stage.LONG);
      Channel dialed = dial.get(10, TimeUnit.SECONDS);
      Mailbox there = new Mailbox();
      Mailbox here = new Mailbox();
      stage.entered().start(there);
      dialed.start(here);
      for (int i = 0; i < 100; i++) {
        dialed.send(List.of(new byte[1]), () -> {});
      }
      dialed.close(Closure.NORMAL, "bye");
      assertEquals(Closure.NORMAL, there.awaitEnd().code());
      assertEquals(100, there.count());
      assertEquals(Closure.NORMAL, here.awaitEnd().code());
    }
    assertNotNull(stage.knocks.poll());
  }

  /** Trusts everybody, with or without an engine. */
  private abstract static class Trust extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
