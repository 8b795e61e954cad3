// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.transport.Closure;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoConnectionsTest {
  private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

  private static String digest(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return bytes.length + ":" + crc.getValue();
  }

  /** Answers with a body of its own making, whose digest it tells, as one of the three kinds. */
  private final class Answering implements Handler {
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch noReplies;

    Answering(int noReplies) {
      this.noReplies = new CountDownLatch(noReplies);
    }

    @Override
    public void request(IncomingRequest request) {
      if (!digest(request.body()).equals(request.properties().get("digest"))) {
        wrong.add("request " + request.number());
      }
      if (request.noReply()) {
        noReplies.countDown();
        return;
      }
      byte[] body = body(new Random(request.number()));
      Properties told = Properties.of("digest", digest(body));
      switch ((int) request.number() % 4) {
        case 0 -> request.respond(told, new Trickle(body, 5000), Compression.FAST);
        case 1 -> request.respond(told, body);
        case 2 -> request.respond(told, body, Compression.DEFAULT);
        default -> request.fail(new BlipError("HTTP", 409, digest(body)));
      }
    }

    @Override
    public void closed(Closure closure) {
      closed.countDown();
    }
  }

  private static byte[] body(Random random) {
    int n = random.nextInt(20) == 0 ? random.nextInt(700_000) : random.nextInt(4000);
    byte[] body = new byte[n];
    int spread = 1 + random.nextInt(255);
    for (int i = 0; i < n; i++) {
      body[i] = (byte) random.nextInt(spread);
    }
    return body;
  }

  /** Checks an answer and counts it. */
  private final class Checking implements Reply {
    private final CountDownLatch answers;

    Checking(CountDownLatch answers) {
      this.answers = answers;
    }

    @Override
    public void onReply(Properties properties, byte[] body) {
      if (!digest(body).equals(properties.get("digest"))) {
        wrong.add("answer " + properties);
      }
      answers.countDown();
    }

    @Override
    public void onError(BlipError error) {
      if (!error.is("HTTP", 409)) {
        wrong.add(error.toString());
      }
      answers.countDown();
    }
  }

  /** The same for an answer that is streamed. */
  private final class CheckingSink implements ReplySink {
    private final Checking checking;
    private final CRC32 crc = new CRC32();
    private long length;
    private String told = "";

    CheckingSink(Checking checking) {
      this.checking = checking;
    }

    @Override
    public void begin(Properties properties) {
      told = String.valueOf(properties.get("digest"));
    }

    @Override
    public void data(byte[] buffer, int offset, int n) {
      crc.update(buffer, offset, n);
      length += n;
    }

    @Override
    public void end() {
      if (!told.equals(length + ":" + crc.getValue())) {
        wrong.add("streamed " + told);
      }
      checking.answers.countDown();
    }

    @Override
    public void failed(BlipError error) {
      checking.onError(error);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anythingSentArrivesWholeBothWays(long seed) throws Exception {
    int each = 400;
    int silent = 40;
    try (Lanes lanes = new Lanes(2)) {
      Joined[] pair = Joined.pair();
      Answering[] handlers = {new Answering(silent), new Answering(silent)};
      Connection[] ends = new Connection[2];
      for (int i = 0; i < 2; i++) {
        ends[i] = new Connection(pair[i], lanes.lane(), Limits.DEFAULT, handlers[i]);
        ends[i].start();
      }
      CountDownLatch answers = new CountDownLatch(2 * each);
      Checking checking = new Checking(answers);
      Random random = new Random(seed);
      for (int i = 0; i < each + silent; i++) {
        for (Connection end : ends) {
          byte[] body = body(random);
          Outgoing request =
              new Outgoing(Properties.of("Profile", "x", "digest", digest(body)))
                  .compress(Compression.values()[random.nextInt(3)]);
          if (random.nextInt(5) == 0) {
            request.body(new Trickle(body, 1 + random.nextInt(20_000)));
          } else {
            request.body(body);
          }
          if (random.nextInt(4) == 0) {
            request.urgent();
          }
          if (i < silent) {
            request.noReply();
          } else {
            request.reply(random.nextBoolean() ? checking : new CheckingSink(checking));
          }
          end.send(request);
        }
      }
      assertTrue(answers.await(30, TimeUnit.SECONDS), () -> wrong + " left " + answers);
      for (Answering handler : handlers) {
        assertTrue(handler.noReplies.await(15, TimeUnit.SECONDS));
      }
      assertEquals(List.of(), List.copyOf(wrong));
      ends[0].close(Closure.NORMAL, "");
      for (Answering handler : handlers) {
        assertTrue(handler.closed.await(15, TimeUnit.SECONDS));
      }
    }
  }
}
