// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import dev.divan.transport.DialRequest;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dialer against a listener written by hand. */
class DialTest {
  private final Stage stage = new Stage();

  @AfterEach
  void stop() {
    stage.close();
  }

  private static void agree(Socket socket, String more) throws Exception {
    String head = Script.head(socket);
    Script.write(
        socket,
        "HTTP/1.1 101 Upgraded\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + Script.acceptKey(head)
            + "\r\n"
            + more
            + "\r\n");
  }

  private DialException failure(Script.Part part) throws Exception {
    try (Script script = new Script(part)) {
      return stage.failure("ws://localhost:" + script.port() + "/a/db", null);
    }
  }

  private static void says(DialException failure, Reason reason, String words) {
    assertEquals(reason, failure.reason(), failure.getMessage());
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.getMessage());
  }

  @Test
  void theRequestIsWrittenAsPickyListenersWantIt() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    try (Script script = new Script(socket -> seen.complete(Script.head(socket)))) {
      stage.failure("ws://localhost:" + script.port() + "/a/db%20b?x=1", null);
      String head = seen.get(10, TimeUnit.SECONDS);
      assertTrue(head.startsWith("GET /a/db%20b?x=1 HTTP/1.1\r\n"), head);
      assertTrue(head.contains("\r\nConnection: Upgrade\r\n"), head);
      assertTrue(head.contains("\r\nUpgrade: websocket\r\n"), head);
      assertTrue(head.contains("\r\nSec-WebSocket-Version: 13\r\n"), head);
      assertTrue(head.contains("\r\nSec-WebSocket-Protocol: p,q\r\n"), head);
      assertTrue(head.contains("\r\nX-Mine: 1\r\n"), head);
      assertTrue(head.contains("\r\nHost: localhost:" + script.port() + "\r\n"), head);
      assertTrue(Script.header(head, "User-Agent").matches("Divan/\\d.*"), head);
      assertFalse(head.contains("Extensions"), head);
    }
  }

  @Test
  void aHeaderThatBreaksOutOfItsLineIsRefused() throws Exception {
    try (Script script = new Script(Script::drain)) {
      DialRequest request =
          new DialRequest(
              URI.create("ws://localhost:" + script.port() + "/"),
              List.of("p"),
              Map.of("X-Bad", "a\r\nX-Worse: b"),
              null,
              Stage.LONG,
              Duration.ZERO);
      assertThrows(IllegalArgumentException.class, () -> stage.transport.dial(request));
    }
  }

  @Test
  void aContentLengthOfZeroAndAnyCaseAreAccepted() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              String head = Script.head(socket);
              Script.write(
                  socket,
                  "HTTP/1.1 101 Upgraded\r\nDate: today\r\nContent-Length: 0\r\n"
                      + "connection: upgrade\r\nUPGRADE: WebSocket\r\nsec-websocket-accept: "
                      + Script.acceptKey(head)
                      + "\r\nSec-WebSocket-Protocol: q\r\n\r\n");
              Script.write(socket, 0x82, 2, 'h', 'i');
              Script.drain(socket);
            })) {
      Channel channel =
          stage
              .dial("ws://localhost:" + script.port() + "/db", null, Stage.LONG)
              .get(10, TimeUnit.SECONDS);
      assertEquals("q", channel.protocol());
      Mailbox here = new Mailbox();
      channel.start(here);
      here.awaitCount(1);
      assertEquals("hi", new String(here.frame(0)));
    }
  }

  @Test
  void framesInTheSamePacketAsTheAnswerAreNotLost() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              agree(socket, "Sec-WebSocket-Protocol: p\r\n\r\n\u0082\u0001x\u0082\u0001y".strip());
              Script.drain(socket);
            })) {
      Channel channel =
          stage
              .dial("ws://localhost:" + script.port() + "/db", null, Stage.LONG)
              .get(10, TimeUnit.SECONDS);
      Mailbox here = new Mailbox();
      channel.start(here);
      here.awaitCount(2);
    }
  }

  @Test
  void aWrongAcceptKeyIsAProtocolFault() throws Exception {
    says(
        failure(
            socket -> {
              Script.head(socket);
              Script.write(
                  socket,
                  "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Accept: nonsense\r\nSec-WebSocket-Protocol: p\r\n\r\n");
            }),
        Reason.PROTOCOL,
        "accept key");
  }

  @Test
  void noSubProtocolIsAProtocolFault() throws Exception {
    says(failure(socket -> agree(socket, "")), Reason.PROTOCOL, "no sub-protocol");
  }

  @Test
  void aSubProtocolThatWasNotOfferedIsAProtocolFault() throws Exception {
    says(
        failure(socket -> agree(socket, "Sec-WebSocket-Protocol: r\r\n")),
        Reason.PROTOCOL,
        "not offered: r");
  }

  @Test
  void anExtensionThatWasNotOfferedIsAProtocolFault() throws Exception {
    says(
        failure(
            socket ->
                agree(
                    socket,
                    "Sec-WebSocket-Protocol: p\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n")),
        Reason.PROTOCOL,
        "extension");
  }

  @Test
  void hangingUpBeforeTheAnswerIsWorthAnotherTry() throws Exception {
    says(failure(Script::head), Reason.UNREACHABLE, "without an answer");
  }

  @Test
  void somethingElseThanHttpIsAProtocolFault() throws Exception {
    says(
        failure(
            socket -> {
              Script.head(socket);
              Script.write(socket, "220 mail.example.org ESMTP\r\n\r\n");
            }),
        Reason.PROTOCOL,
        "does not speak HTTP");
  }

  @Test
  void aTlsAlertIsUnderstood() throws Exception {
    says(
        failure(
            socket -> {
              Script.head(socket);
              Script.write(socket, 0x15, 3, 3, 0, 2, 2, 50);
            }),
        Reason.PROTOCOL,
        "use wss://");
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    DialException failure =
        failure(
            socket -> {
              Script.head(socket);
              Script.write(
                  socket,
                  "HTTP/1.1 301 Moved\r\nLocation: ws://localhost:1/\r\nContent-Length: 0\r\n\r\n");
            });
    assertEquals(301, failure.status());
    assertEquals(List.of("ws://localhost:1/"), failure.headers().get("location"));
  }

  @Test
  void aStatusCountsEvenIfItsBodyNeverEnds() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              Script.head(socket);
              Script.write(socket, "HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nnot all");
              Script.drain(socket);
            })) {
      String uri = "ws://localhost:" + script.port() + "/";
      DialException failure = Stage.failure(stage.dial(uri, null, Duration.ofMillis(500)));
      assertEquals(503, failure.status());
    }
  }

  @Test
  void aListenerThatNeverAnswersIsATimeout() throws Exception {
    try (Script script = new Script(Script::drain)) {
      String uri = "ws://localhost:" + script.port() + "/";
      says(
          Stage.failure(stage.dial(uri, null, Duration.ofMillis(300))),
          Reason.TIMEOUT,
          "within 300 ms");
    }
  }

  @Test
  void anUnknownHostIsSaidToBeUnknown() {
    says(stage.failure("ws://no-such-host.invalid:80/", null), Reason.UNKNOWN_HOST, "is not known");
  }

  @Test
  void aPeerThatDoesNotAnswerPingsIsGivenUpEvenWithAShortHeartbeat() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              agree(socket, "Sec-WebSocket-Protocol: p\r\n");
              Script.drain(socket);
            })) {
      Channel channel =
          stage
              .dial(
                  "ws://localhost:" + script.port() + "/", null, Stage.LONG, Duration.ofMillis(200))
              .get(10, TimeUnit.SECONDS);
      Mailbox here = new Mailbox();
      channel.start(here);
      Closure end = here.awaitEnd();
      assertEquals(Closure.ABNORMAL, end.code());
      assertTrue(String.valueOf(end.cause()).contains("ping"), String.valueOf(end.cause()));
    }
  }

  @Test
  void aPeerThatHangsUpWithoutACloseIsAbnormal() throws Exception {
    try (Script script =
        new Script(
            socket -> {
              agree(socket, "Sec-WebSocket-Protocol: p\r\n");
              Script.write(socket, 0x82, 1, 'x');
            })) {
      Channel channel =
          stage
              .dial("ws://localhost:" + script.port() + "/", null, Stage.LONG)
              .get(10, TimeUnit.SECONDS);
      Mailbox here = new Mailbox();
      channel.start(here);
      assertEquals(Closure.ABNORMAL, here.awaitEnd().code());
    }
  }
}
