// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The listener against clients written by hand. */
class AcceptTest {
  private static final String UPGRADE =
      "GET /db/_blipsync?x=1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
          + "Sec-WebSocket-Protocol: q,p\r\n\r\n";

  private final Stage stage = new Stage();
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    stage.close();
  }

  private Socket connect(Binding binding) throws IOException {
    Socket socket = new Socket("localhost", binding.port());
    socket.setSoTimeout(10_000);
    sockets.add(socket);
    return socket;
  }

  private String ask(Binding binding, String request) throws IOException {
    Socket socket = connect(binding);
    Script.write(socket, request);
    return Script.head(socket);
  }

  private Socket upgraded() throws Exception {
    Socket socket = connect(stage.bind(null, false));
    Script.write(socket, UPGRADE);
    assertTrue(Script.head(socket).startsWith("HTTP/1.1 101 "));
    return socket;
  }

  private static void masked(Socket socket, int firstByte, byte... payload) throws IOException {
    int[] bytes = new int[6 + payload.length];
    bytes[0] = firstByte;
    bytes[1] = 0x80 | payload.length;
    for (int i = 0; i < 4; i++) {
      bytes[2 + i] = 17 * i + 5;
    }
    for (int i = 0; i < payload.length; i++) {
      bytes[6 + i] = payload[i] ^ bytes[2 + i % 4];
    }
    Script.write(socket, bytes);
  }

  private static byte[] frame(Socket socket, int firstByte) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    assertEquals(firstByte, in.readUnsignedByte());
    byte[] payload = new byte[in.readUnsignedByte()];
    in.readFully(payload);
    return payload;
  }

  private static int closeCode(Socket socket) throws IOException {
    byte[] payload = frame(socket, 0x88);
    return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
  }

  @Test
  void theAnswerIsWrittenAsPickyClientsWantIt() throws Exception {
    String head = ask(stage.bind(null, false), UPGRADE);
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
    assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Script.header(head, "Sec-WebSocket-Accept"));
    assertEquals("p", Script.header(head, "Sec-WebSocket-Protocol"));
    assertEquals("Divan", Script.header(head, "Server"));
    assertEquals("/db/_blipsync", stage.knocks.remove().path());
  }

  @Test
  void deflateIsNotAccepted() throws Exception {
    String head =
        ask(
            stage.bind(null, false),
            UPGRADE.replace(
                "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    assertFalse(head.contains("Extensions"), head);
  }

  @Test
  void otherSpellingsOfTheRequestAreUnderstood() throws Exception {
    Binding binding = stage.bind(null, false);
    for (String connection : List.of("upgrade", "keep-alive, Upgrade", "UPGRADE")) {
      String head =
          ask(
              binding,
              UPGRADE
                  .replace("Connection: Upgrade", "connection: " + connection)
                  .replace("Upgrade: websocket", "upgrade: WebSocket")
                  .replace("q,p", "q , p"));
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertEquals(List.of("q", "p"), stage.knocks.remove().protocols());
    }
  }

  @Test
  void whatIsNoUpgradeIsRefusedWithoutTroublingTheDoorkeeper() throws Exception {
    Binding binding = stage.bind(null, false);
    assertTrue(ask(binding, "GET / HTTP/1.1\r\nHost: x\r\n\r\n").contains(" 405 "));
    assertTrue(ask(binding, UPGRADE.replace("GET", "DELETE")).contains(" 405 "));
    String old = ask(binding, UPGRADE.replace("Version: 13", "Version: 8"));
    assertTrue(old.contains(" 426 "), old);
    assertEquals("13", Script.header(old, "Sec-WebSocket-Version"));
    assertTrue(ask(binding, UPGRADE.replace("Sec-WebSocket-Key", "X")).contains(" 400 "));
    String bad = ask(binding, "nonsense\r\n\r\n");
    assertTrue(bad.contains(" 400 "), bad);
    assertFalse(bad.contains("Jetty"), bad);
    assertTrue(stage.knocks.isEmpty());
  }

  @Test
  void aRefusalHasASmallJsonBody() throws Exception {
    Socket socket = connect(stage.bind(null, false));
    Script.write(socket, UPGRADE.replace("q,p", "r"));
    String all = new String(socket.getInputStream().readAllBytes());
    assertTrue(all.startsWith("HTTP/1.1 403 "), all);
    assertTrue(all.endsWith("{\"status\":403,\"error\":\"no protocol in common\"}"), all);
  }

  @Test
  void headersBeyondTheLimitAreRefused() throws Exception {
    String head =
        ask(
            stage.bind(null, false),
            UPGRADE.replace("\r\n\r\n", "\r\nX-Long: " + "x".repeat(17_000) + "\r\n\r\n"));
    assertTrue(head.contains(" 431 "), head);
  }

  @Test
  void aPingIsAnsweredBeforeTheFirstFrameAndBeforeTheStart() throws Exception {
    Socket socket = upgraded();
    masked(socket, 0x89, (byte) 1, (byte) 2, (byte) 3);
    assertArrayEquals(new byte[] {1, 2, 3}, frame(socket, 0x8a));
    masked(socket, 0x89);
    assertArrayEquals(new byte[0], frame(socket, 0x8a));
  }

  @Test
  void aPingIsAnsweredWhileTheReceiverHasStopped() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    there.stopping(true);
    stage.entered().start(there);
    masked(socket, 0x82, (byte) 1);
    there.awaitCount(1);
    masked(socket, 0x82, (byte) 2);
    masked(socket, 0x89, (byte) 9);
    assertArrayEquals(new byte[] {9}, frame(socket, 0x8a));
    assertEquals(1, there.count());
  }

  @Test
  void fragmentsWithAPingBetweenMakeOneFrame() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    masked(socket, 0x02, (byte) 'a', (byte) 'b');
    masked(socket, 0x89, (byte) 7);
    masked(socket, 0x00);
    masked(socket, 0x80, (byte) 'c');
    masked(socket, 0x82, (byte) 'd');
    there.awaitCount(2);
    assertEquals("abc", new String(there.frame(0)));
    assertEquals("d", new String(there.frame(1)));
    assertArrayEquals(new byte[] {7}, frame(socket, 0x8a));
  }

  @Test
  void textEndsTheChannelPolitely() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    masked(socket, 0x82, (byte) 1);
    masked(socket, 0x81, (byte) 'h', (byte) 'i');
    assertEquals(1003, closeCode(socket));
    masked(socket, 0x88, (byte) 3, (byte) 0xeb);
    Closure end = there.awaitEnd();
    assertEquals(1003, end.code());
    assertEquals(1, there.count());
    assertFalse(end.byPeer());
  }

  @Test
  void anUnmaskedFrameEndsTheChannelWithAClose() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    Script.write(socket, 0x82, 1, 'x');
    assertEquals(1002, closeCode(socket));
    assertEquals(1002, there.awaitEnd().code());
  }

  @Test
  void aFrameBeyondTheLimitEndsTheChannelWithAClose() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    Script.write(socket, 0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 1, 0, 0, 0, 0, 1);
    assertEquals(1009, closeCode(socket));
    assertEquals(1009, there.awaitEnd().code());
  }

  @Test
  void fragmentsBeyondTheLimitEndTheChannelWithAClose() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    byte[] half = new byte[8 + 6 + 600_000];
    for (int first : new int[] {0x02, 0x00}) {
      half[0] = (byte) first;
      half[1] = (byte) 0xff;
      half[7] = (byte) (600_000 >> 16);
      half[8] = (byte) (600_000 >> 8 & 0xff);
      half[9] = (byte) (600_000 & 0xff);
      socket.getOutputStream().write(half);
    }
    assertEquals(1009, closeCode(socket));
    masked(socket, 0x88, (byte) 3, (byte) 0xf1);
    assertEquals(1009, there.awaitEnd().code());
  }

  @Test
  void aCloseIsEchoedWithItsCodeAndReason() throws Exception {
    Socket socket = upgraded();
    Mailbox there = new Mailbox();
    stage.entered().start(there);
    masked(socket, 0x88, (byte) 0x0f, (byte) 0xa1, (byte) 'b', (byte) 'y', (byte) 'e');
    assertArrayEquals(new byte[] {0x0f, (byte) 0xa1, 'b', 'y', 'e'}, frame(socket, 0x88));
    assertEquals(-1, socket.getInputStream().read());
    Closure end = there.awaitEnd();
    assertEquals(Closure.TRANSIENT, end.code());
    assertEquals("bye", end.reason());
    assertTrue(end.byPeer());
  }

  @Test
  void aClientThatSaysNothingIsDropped() throws Exception {
    for (boolean tls : new boolean[] {false, true}) {
      Binding binding =
          stage.bind(
              new BindRequest(
                  null,
                  0,
                  tls ? Keys.context(Keys.SERVER, Keys.CLIENT) : null,
                  false,
                  Duration.ofMillis(300),
                  Duration.ZERO,
                  100));
      Socket silent = connect(binding);
      Socket slow = connect(binding);
      Script.write(slow, tls ? "\u0016\u0003" : "GET / HTTP/1.1\r\nHo");
      assertEquals(-1, silent.getInputStream().read());
      assertTrue(slow.getInputStream().readAllBytes().length < 1000);
    }
  }

  @Test
  void aClientThatTricklesIsDroppedToo() throws Exception {
    Binding binding =
        stage.bind(
            new BindRequest(null, 0, null, false, Duration.ofMillis(300), Duration.ZERO, 100));
    Socket socket = connect(binding);
    Thread trickle =
        new Thread(
            () -> {
              try {
                while (true) {
                  Script.write(socket, "G");
                  TimeUnit.MILLISECONDS.sleep(50);
                }
              } catch (IOException | InterruptedException e) {
                // Hung up on, as it should be.
              }
            });
    trickle.start();
    trickle.join(9000);
    assertFalse(trickle.isAlive());
  }

  @Test
  void anOpenChannelOutlivesTheHandshakeTimeout() throws Exception {
    Binding binding =
        stage.bind(
            new BindRequest(null, 0, null, false, Duration.ofMillis(200), Duration.ZERO, 100));
    Socket socket = connect(binding);
    Script.write(socket, UPGRADE);
    Script.head(socket);
    Socket silent = connect(binding);
    assertEquals(-1, silent.getInputStream().read()); // That one's time has passed.
    masked(socket, 0x89, (byte) 1);
    assertArrayEquals(new byte[] {1}, frame(socket, 0x8a));
  }

  @Test
  void oneTooManyIsToldToComeBackLater() throws Exception {
    Binding binding =
        stage.bind(new BindRequest(null, 0, null, false, Stage.LONG, Duration.ZERO, 1));
    assertTrue(ask(binding, UPGRADE).contains(" 101 "));
    Channel inside = stage.entered();
    String head = ask(binding, UPGRADE);
    assertTrue(head.contains(" 503 "), head);
    assertFalse(Script.header(head, "Retry-After").isEmpty());
    Mailbox there = new Mailbox();
    inside.start(there);
    sockets.get(0).close();
    there.awaitEnd();
    String again = head;
    for (int i = 0; i < 100 && !again.contains(" 101 "); i++) {
      again = ask(binding, UPGRADE);
    }
    assertTrue(again.contains(" 101 "), again);
  }

  @Test
  void aCrowdOfSilentClientsKeepsNobodyOut() throws Exception {
    Binding binding =
        stage.bind(new BindRequest(null, 0, null, false, Stage.LONG, Duration.ZERO, 50));
    for (int i = 0; i < 2000; i++) {
      connect(binding);
    }
    assertTrue(ask(binding, UPGRADE).contains(" 101 "));
  }
}
