// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.transport.Closure;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * Requests of 1 KB with a reply each, then blobs; both ends in this JVM. Prints messages a second:
 * the first second after the start, then warm. Not a test: run its main. Argument: NONE, FAST or
 * DEFAULT.
 */
public final class Throughput {
  private static final int IN_FLIGHT = 1000;

  private Throughput() {}

  public static void main(String[] args) throws Exception {
    long begin = System.nanoTime();
    Compression compression = Compression.valueOf(args.length > 0 ? args[0] : "NONE");
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
    Lanes lanes = new Lanes();
    Joined[] pair = Joined.pair();
    Connection passive =
        new Connection(pair[1], lanes.lane(), Limits.DEFAULT, new Echo(compression));
    Connection active =
        new Connection(pair[0], lanes.lane(), Limits.DEFAULT, new Echo(compression));
    passive.start();
    active.start();
    System.out.printf(Locale.ROOT, "set up in %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    for (int round = 0; round < rounds; round++) {
      int messages = round == 0 ? 20_000 : 200_000;
      CountDownLatch done = new CountDownLatch(1);
      Pump pump = new Pump(active, messages, compression, done);
      long start = System.nanoTime();
      active.lane().execute(pump::more);
      done.await();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT, "%d requests in %.3f s: %,.0f/s%n", messages, seconds, messages / seconds);
    }
    for (int round = 0; round < 3; round++) {
      blobs(active);
    }
    active.close(Closure.NORMAL, "");
  }

  /** Two hundred blobs of 1 MB, streamed at both ends, eight at a time. */
  private static void blobs(Connection active) throws Exception {
    CountDownLatch done = new CountDownLatch(200);
    long start = System.nanoTime();
    for (int i = 0; i < 8; i++) {
      active.send(new Outgoing(Echo.BLOB).reply(new Fetch(active, done, 25)));
    }
    done.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "200 x 1 MB in %.3f s: %.0f MB/s%n", seconds, 200 / seconds);
  }

  /** Fetches blobs one after the other. */
  private record Fetch(Connection connection, CountDownLatch done, int left) implements ReplySink {
    @Override
    public void begin(Properties properties) {}

    @Override
    public void data(byte[] buffer, int offset, int length) {}

    @Override
    public void end() {
      done.countDown();
      if (left > 1) {
        connection.send(new Outgoing(Echo.BLOB).reply(new Fetch(connection, done, left - 1)));
      }
    }

    @Override
    public void failed(BlipError error) {
      throw new IllegalStateException(error.toString());
    }
  }

  private static final class Echo implements Handler {
    static final Properties BLOB = Properties.of("Profile", "blob");
    private final Compression compression;
    private final byte[] blob = new byte[1 << 20];

    Echo(Compression compression) {
      this.compression = compression;
      new Random(2).nextBytes(blob);
    }

    @Override
    public void request(IncomingRequest request) {
      if (request.body().length > 0) {
        request.respond();
      } else {
        request.respond(Properties.EMPTY, new Trickle(blob, 65_536), compression);
      }
    }

    @Override
    public void closed(Closure closure) {
      System.out.println(closure);
    }
  }

  private static final class Pump implements Reply {
    private final Connection connection;
    private final Compression compression;
    private final CountDownLatch done;
    private final byte[] body = new byte[1024];
    private int left;
    private int open;

    Pump(Connection connection, int messages, Compression compression, CountDownLatch done) {
      this.connection = connection;
      this.compression = compression;
      this.left = messages;
      this.done = done;
      Random random = new Random(1);
      for (int i = 0; i < body.length; i++) {
        body[i] = (byte) ("abcdefgh \"{}:,".charAt(random.nextInt(14)));
      }
    }

    void more() {
      while (open < IN_FLIGHT && left > 0) {
        left--;
        open++;
        connection.send(
            new Outgoing(
                    Properties.of(
                        "Profile", "rev", "id", "doc-" + left, "rev", "1-abcdef", "sequence", "1"))
                .body(body)
                .compress(compression)
                .reply(this));
      }
    }

    @Override
    public void onReply(Properties properties, byte[] answer) {
      open--;
      if (left > 0) {
        more();
      } else if (open == 0) {
        done.countDown();
      }
    }

    @Override
    public void onError(BlipError error) {
      throw new IllegalStateException(error.toString());
    }
  }
}
