// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.DialRequest;
import dev.divan.transport.UpgradeDecision;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/** Not a test: prints how fast the transport is here, both ends in this process. */
final class Throughput {
  private static final int WINDOW = 8;

  private Throughput() {}

  private static final class Counter implements Channel.Receiver {
    private final Semaphore arrived = new Semaphore(0);
    private long left;
    private CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Channel echo;

    synchronized CompletableFuture<Void> expect(long frames) {
      left = frames;
      done = new CompletableFuture<>();
      return done;
    }

    @Override
    public boolean received(byte[] frame) {
      Channel back = echo;
      if (back != null) {
        back.send(List.of(frame), () -> {});
        return true;
      }
      arrived.release();
      synchronized (this) {
        if (--left == 0) {
          done.complete(null);
        }
      }
      return true;
    }

    @Override
    public void closed(Closure closure) {}
  }

  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    boolean tls = args.length > 1;
    try (JettyTransport transport = new JettyTransport()) {
      BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
      Binding binding =
          transport.bind(
              new BindRequest(
                  null,
                  0,
                  tls ? Keys.context(Keys.SERVER, Keys.CLIENT) : null,
                  false,
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(300),
                  10),
              request ->
                  CompletableFuture.completedFuture(new UpgradeDecision.Accept("p", hall::add)));
      Channel dialed =
          transport
              .dial(
                  new DialRequest(
                      URI.create((tls ? "wss" : "ws") + "://localhost:" + binding.port() + "/db"),
                      List.of("p"),
                      Map.of(),
                      tls ? Keys.context(null, Keys.SERVER) : null,
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(300)))
              .get();
      Channel accepted = hall.take();
      Counter here = new Counter();
      Counter there = new Counter();
      dialed.start(here);
      accepted.start(there);
      for (int round = 0; round < rounds; round++) {
        String name = round == 0 ? "cold" : "warm";
        stream(name + " push 1 KB x16", dialed, there, 200_000, 1024, 16);
        stream(name + " pull 1 KB x16", accepted, here, 200_000, 1024, 16);
        stream(name + " push 1 KB x1 ", dialed, there, 100_000, 1024, 1);
        stream(name + " pull 1 KB x1 ", accepted, here, 100_000, 1024, 1);
        stream(name + " push 16 KB x16", dialed, there, 30_000, 16384, 16);
        stream(name + " pull 16 KB x16", accepted, here, 30_000, 16384, 16);
        there.echo = accepted;
        trips(name + " round trips", dialed, here, 20_000);
        there.echo = null;
      }
    }
  }

  private static void stream(
      String name, Channel from, Counter to, int frames, int size, int gathered) throws Exception {
    CompletableFuture<Void> done = to.expect(frames);
    Semaphore window = new Semaphore(WINDOW);
    long start = System.nanoTime();
    for (int sent = 0; sent < frames; sent += gathered) {
      List<byte[]> list = new ArrayList<>(gathered);
      for (int i = 0; i < gathered; i++) {
        list.add(new byte[size]);
      }
      window.acquire();
      from.send(list, window::release);
    }
    done.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-20s %,12.0f frames/s %,8.0f MB/s%n",
        name, frames / seconds, (double) frames * size / seconds / 1e6);
  }

  private static void trips(String name, Channel channel, Counter here, int count)
      throws Exception {
    here.expect(count);
    here.arrived.drainPermits();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      channel.send(List.of(new byte[1024]), () -> {});
      here.arrived.acquire();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%-20s %,12.0f /s%n", name, count / seconds);
  }
}
