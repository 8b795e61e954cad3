// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.auth.password.PasswordAuthenticator;
import dev.divan.auth.password.PasswordHash;
import dev.divan.itests.TestPeer;
import dev.divan.replicator.ReplicatorConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Strangers do their worst; a peer that belongs here comes in all the while, and nothing stays. */
class HostileNetworkTest {
  /**
   * The promise is a second. A machine that does other things besides is given more, and what it
   * took is printed.
   */
  private static final Duration PROMPT = Duration.ofSeconds(5);

  private static final Duration USUAL = Duration.ofSeconds(15);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int HALF_OPEN = 2_000;
  private static final int SLOW = 300;
  private static final int GUESSES = 300;

  @TempDir Path home;
  private String test = "";
  private int visits;

  @BeforeEach
  void name(TestInfo info) {
    test = info.getTestMethod().orElseThrow().getName();
  }

  @Test
  void twoThousandHalfOpenHandshakesKeepNobodyOut() throws Exception {
    Traces before = warmUp(false);
    try (Premises node = new Premises(home, false, Duration.ofSeconds(4), null);
        Crowd crowd = new Crowd()) {
      byte[] hello = clientHello();
      byte[] half = ByteBuffer.allocate(hello.length / 2).put(hello, 0, hello.length / 2).array();
      for (int i = 0; i < HALF_OPEN; i++) {
        crowd.come(node.port(), i % 2 == 0 ? half : hello);
        if (i % 500 == 0) visit(node);
      }
      visit(node);
      visit(node);
      crowd.awaitGone();
      visit(node);
    }
    before.awaitAgain();
  }

  @Test
  void whoTricklesIsHungUpOnInTheEnd() throws Exception {
    for (boolean clear : new boolean[] {true, false}) {
      Traces before = warmUp(clear);
      try (Premises node = new Premises(home, clear, SHORT, null);
          Crowd crowd = new Crowd()) {
        byte[] words = clear ? request("").getBytes(StandardCharsets.US_ASCII) : clientHello();
        for (int i = 0; i < SLOW; i++) crowd.come(node.port(), new byte[] {words[0]});
        visit(node);
        // one byte each a round, never the last
        for (int next = 1; crowd.present() > 0; next++) {
          assertTrue(next < words.length - 1, "the request ended before the patience");
          crowd.say(new byte[] {words[next]});
          Thread.sleep(50);
          if (next % 20 == 0) visit(node);
        }
        visit(node);
      }
      before.awaitAgain();
    }
  }

  @Test
  void whoSpeaksAnotherProtocolIsToldOrHungUpOnAtOnce() throws Exception {
    Traces before = warmUp(true);
    try (Premises secure = new Premises(home, false, USUAL, null);
        Premises clear = new Premises(home, true, USUAL, null)) {
      String http = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
      String longHeader = "GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
      assertAnswer(secure, ascii(request("")), "HTTP/1.1 400", "use wss://");
      assertAnswer(secure, ascii(http), "HTTP/1.1 400", "use wss://");
      assertAnswer(clear, clientHello(), "", "");
      assertAnswer(clear, ascii(http), "HTTP/1.1 405", "WebSocket only");
      assertAnswer(clear, ascii("POST /notes HTTP/1.1\r\nHost: a\r\n\r\n"), "HTTP/1.1 405", "");
      assertAnswer(clear, ascii(longHeader), "HTTP/1.1 431", "");
      assertAnswer(clear, ascii("\0\1\2 garbage \r\n\r\n"), "HTTP/1.1 400", "");
      assertAnswer(clear, ascii("SSH-2.0-OpenSSH_9.6\r\n"), "HTTP/1.1 400", "");
      assertAnswer(clear, ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), "HTTP/1.1 ", "");
      assertAnswer(secure, ascii("\0\1\2 garbage \r\n\r\n"), "HTTP/1.1 400", "");
      assertAnswer(secure, new byte[] {0x16, 3, 1, 0, 4, 9, 9, 9, 9}, "", "");
      visit(secure);
      visit(clear);
    }
    before.awaitAgain();
  }

  @Test
  void aStormOfLoginsFromOneAddressKeepsNobodyOut() throws Exception {
    Traces before = warmUp(true);
    PasswordAuthenticator users =
        PasswordAuthenticator.of("ann", PasswordHash.of("secret".toCharArray()), Set.of());
    try (Premises node = new Premises(home, true, USUAL, users);
        Crowd crowd = new Crowd()) {
      for (int i = 0; i < GUESSES; i++) {
        crowd.come(node.port(), ascii(request(basic("ann", "guess " + i))));
        if (i % 100 == 99) visit(node);
      }
      visit(node);
      assertTrue(node.door().refusedLogins() > 0, "guesses are counted");
    }
    before.awaitAgain();
  }

  /** Loads classes and starts what lasts, so that only what the test leaves is counted. */
  private Traces warmUp(boolean clear) throws Exception {
    try (Premises node = new Premises(home, clear, USUAL, null)) {
      visit(node);
    }
    // the JVM's own thread for time limits, which stays
    new CompletableFuture<Void>().completeOnTimeout(null, 1, TimeUnit.MILLISECONDS).join();
    return Traces.now();
  }

  /** A legitimate peer comes, gets a new document and goes. */
  private void visit(Premises node) throws Exception {
    String id = "visit-" + ++visits;
    node.write(id);
    try (TestPeer peer = new TestPeer()) {
      ReplicatorConfiguration configuration =
          peer.to(node.url())
              .setAuthenticator(new BasicAuthenticator("ann", "secret".toCharArray()));
      long begun = System.nanoTime();
      peer.sync(configuration);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      System.out.println(test + ": a peer came in within " + took.toMillis() + " ms");
      assertTrue(peer.documents().getDocument(id) != null, "it got what it came for");
      assertTrue(took.compareTo(PROMPT) < 0, () -> "a peer waited " + took);
    }
  }

  /** Says something, and reads until it is hung up on; "" is for no answer in words. */
  private static void assertAnswer(Premises node, byte[] said, String status, String words)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", node.port())) {
      // far sooner than the patience with the silent
      socket.setSoTimeout((int) PROMPT.toMillis());
      socket.getOutputStream().write(said);
      String answer = answer(socket.getInputStream());
      assertTrue(status.isEmpty() ? !answer.contains("HTTP") : answer.startsWith(status), answer);
      assertTrue(answer.contains(words), answer);
    }
  }

  private static String answer(InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) answer.append((char) b);
    } catch (SocketException reset) {
      // hung up on before all was read
    }
    return answer.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String basic(String user, String password) {
    return "Authorization: Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8))
        + "\r\n";
  }

  private static String request(String headers) {
    return "GET /notes/_blipsync HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "Sec-WebSocket-Protocol: BLIP_3+CBMobile_2\r\n"
        + headers
        + "\r\n";
  }

  /** The first message of a handshake. */
  private static byte[] clientHello() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    SSLEngine engine = context.createSSLEngine("127.0.0.1", 1);
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.position()];
    hello.flip().get(bytes);
    return bytes;
  }
}
