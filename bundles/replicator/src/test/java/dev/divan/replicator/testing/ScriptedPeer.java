// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.BlipError;
import dev.divan.blip.Connection;
import dev.divan.blip.Handler;
import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Lane;
import dev.divan.blip.Limits;
import dev.divan.blip.Outgoing;
import dev.divan.blip.Properties;
import dev.divan.blip.Reply;
import dev.divan.json.Json;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A peer that says what the test says, and hears what the test expects: one end of a dialogue.
 * Requests it hears wait until the test takes them; {@link #hearsNothingMore} insists that none is
 * left. In bodies a single quote stands for a double one.
 */
public final class ScriptedPeer implements Handler, AutoCloseable {
  private final Connection connection;
  private final BlockingQueue<IncomingRequest> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closure> closed = new CompletableFuture<>();

  public ScriptedPeer(Channel channel, Lane lane) {
    connection = new Connection(channel, lane, Limits.DEFAULT, this);
    connection.start();
  }

  public static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Asks, with properties as keys and values. */
  public Answer asks(String profile, String body, String... properties) {
    return asks(profile, bytes(body), properties);
  }

  public Answer asks(String profile, byte[] body, String... properties) {
    return send(Outgoing.profile(profile, properties).body(body), profile + " " + text(body));
  }

  /** Asks with exactly these properties. */
  public Answer asks(Properties properties, String body) {
    return send(new Outgoing(properties).body(bytes(body)), properties + " " + body);
  }

  private Answer send(Outgoing request, String what) {
    Answer answer = new Answer(what);
    connection.send(request.reply(answer));
    return answer;
  }

  /** Says something that wants no answer. */
  public void tells(String profile, String body, String... properties) {
    connection.send(Outgoing.profile(profile, properties).body(bytes(body)).noReply());
  }

  /** The next request of the other side, which must be this one. */
  public Heard hears(String profile) {
    IncomingRequest request =
        Await.next(heard, () -> profile + (closed.isDone() ? ", it closed: " + closed : ""));
    Heard next = new Heard(request);
    assertEquals(profile, request.profile(), () -> "heard instead: " + next);
    return next;
  }

  /**
   * Checks that the other side has not asked anything else: all it sent before it answers a last
   * question is here by then.
   */
  public void hearsNothingMore() {
    asks("anything more?", "").fails("BLIP", 404);
    IncomingRequest request = heard.poll();
    assertNull(request, () -> "heard: " + new Heard(request));
  }

  /** Answers what has been heard so far, sensibly or not. */
  public void answersAnything(String body, String code, int how) {
    for (IncomingRequest request; (request = heard.poll()) != null; ) {
      switch (how) {
        case 0 -> request.respond();
        case 1 -> request.respond(Properties.of("rev", code, "maxHistory", code), bytes(body));
        case 2 -> request.fail(new BlipError("HTTP", code.length() * 100, body));
        default -> {}
      }
    }
  }

  public void closes(int code) {
    connection.close(code, "");
  }

  /** The connection has been closed by the other side with this code. */
  public void isClosedWith(int code) {
    Closure closure = Await.result(closed, "a close with " + code + ", waiting are " + heard);
    assertEquals(code, closure.code(), closure::toString);
  }

  public Closure isClosed() {
    return Await.result(closed, "a close");
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public void request(IncomingRequest request) {
    heard.add(request);
  }

  @Override
  public void closed(Closure closure) {
    closed.complete(closure);
  }

  @Override
  public void close() {
    connection.close(Closure.NORMAL, "");
    isClosed();
  }

  /** What was answered. */
  public static final class Answer implements Reply {
    private record Said(@Nullable Properties properties, byte[] body, @Nullable BlipError error) {}

    private final CompletableFuture<Said> said = new CompletableFuture<>();
    private final String question;

    Answer(String question) {
      this.question = question;
    }

    @Override
    public void onReply(Properties properties, byte[] body) {
      said.complete(new Said(properties, body, null));
    }

    @Override
    public void onError(BlipError error) {
      said.complete(new Said(null, new byte[0], error));
    }

    private Said said() {
      return Await.result(said, "the answer to " + question);
    }

    public boolean hasCome() {
      return said.isDone();
    }

    /** The answer, which must be no error. */
    public Answer comes() {
      Said got = said();
      assertNull(got.error, () -> question + " was refused: " + got.error);
      return this;
    }

    /** Says this, as JSON. */
    public Answer says(String json) {
      comes();
      assertEquals(Json.parse(bytes(json)), Json.parse(said().body), () -> "answer to " + question);
      return this;
    }

    /** Says exactly these bytes. */
    public Answer saysBytes(byte[] bytes) {
      comes();
      assertEquals(text(bytes), text(said().body), () -> "answer to " + question);
      return this;
    }

    public Answer saysNothing() {
      return saysBytes(new byte[0]);
    }

    public Answer with(String key, @Nullable String value) {
      comes();
      Properties properties = said().properties;
      assertNotNull(properties);
      assertEquals(value, properties.get(key), () -> key + " in the answer to " + question);
      return this;
    }

    public String property(String key) {
      comes();
      Properties properties = said().properties;
      assertNotNull(properties);
      String value = properties.get(key);
      assertNotNull(value, key);
      return value;
    }

    public byte[] body() {
      comes();
      return said().body;
    }

    public void fails(String domain, int code) {
      BlipError error = said().error;
      assertNotNull(error, () -> question + " was answered: " + text(said().body));
      assertEquals(domain + "/" + code, error.domain() + "/" + error.code(), () -> "" + error);
    }

    /** It fails somehow, or the connection ends. */
    public void fails() {
      assertNotNull(said().error, () -> question + " was answered: " + text(said().body));
    }
  }

  /** A request that was heard. */
  public static final class Heard {
    private final IncomingRequest request;

    Heard(IncomingRequest request) {
      this.request = request;
    }

    public Heard with(String key, String value) {
      assertEquals(value, request.properties().get(key), () -> key + " in " + this);
      return this;
    }

    public Heard without(String key) {
      assertNull(request.properties().get(key), () -> key + " in " + this);
      return this;
    }

    public String property(String key) {
      String value = request.properties().get(key);
      assertNotNull(value, () -> key + " in " + this);
      return value;
    }

    public Heard saying(String json) {
      assertEquals(Json.parse(bytes(json)), Json.parse(request.body()), this::toString);
      return this;
    }

    public Heard sayingNothing() {
      assertEquals(0, request.body().length, this::toString);
      return this;
    }

    public @Nullable Object json() {
      return Json.parse(request.body());
    }

    public byte[] body() {
      return request.body();
    }

    /** Wants no answer. */
    public Heard wantsNoAnswer() {
      assertTrue(request.noReply(), this::toString);
      return this;
    }

    public Heard wantsAnswer() {
      assertFalse(request.noReply(), this::toString);
      return this;
    }

    public void isAnswered(String body, String... properties) {
      isAnswered(bytes(body), properties);
    }

    public void isAnswered(byte[] body, String... properties) {
      request.respond(Properties.of(properties), body);
    }

    public void isAnswered() {
      request.respond();
    }

    public void isRefused(String domain, int code) {
      request.fail(new BlipError(domain, code, "by script"));
    }

    @Override
    public String toString() {
      Map<String, String> properties = new TreeMap<>();
      request.properties().forEach(properties::put);
      return properties + " " + text(request.body());
    }
  }
}
