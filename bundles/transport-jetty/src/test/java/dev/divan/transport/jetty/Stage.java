// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A transport and what the tests of its edges need around it. */
final class Stage implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(10);

  final JettyTransport transport = new JettyTransport();
  final BlockingQueue<Channel> hall = new LinkedBlockingQueue<>();
  final BlockingQueue<UpgradeRequest> knocks = new LinkedBlockingQueue<>();

  Binding bind(@Nullable SSLContext tls, boolean clientCertificate) throws Exception {
    return bind(new BindRequest(null, 0, tls, clientCertificate, LONG, Duration.ZERO, 100));
  }

  /** Lets everybody in who offers "p". */
  Binding bind(BindRequest request) throws Exception {
    return transport.bind(
        request,
        knock -> {
          knocks.add(knock);
          return CompletableFuture.completedFuture(
              knock.protocols().contains("p")
                  ? new UpgradeDecision.Accept("p", hall::add)
                  : new UpgradeDecision.Refuse(403, Map.of(), "no protocol in common"));
        });
  }

  Channel entered() throws InterruptedException {
    Channel channel = hall.poll(10, TimeUnit.SECONDS);
    if (channel == null) {
      throw new AssertionError("nobody came in");
    }
    return channel;
  }

  CompletableFuture<Channel> dial(String uri, @Nullable SSLContext tls, Duration timeout) {
    return dial(uri, tls, timeout, Duration.ZERO);
  }

  CompletableFuture<Channel> dial(
      String uri, @Nullable SSLContext tls, Duration timeout, Duration heartbeat) {
    return transport.dial(
        new DialRequest(
            URI.create(uri), List.of("p", "q"), Map.of("X-Mine", "1"), tls, timeout, heartbeat));
  }

  DialException failure(String uri, @Nullable SSLContext tls) {
    return failure(dial(uri, tls, LONG));
  }

  static DialException failure(CompletableFuture<Channel> dial) {
    return (DialException)
        assertThrows(ExecutionException.class, () -> dial.get(20, TimeUnit.SECONDS)).getCause();
  }

  @Override
  public void close() {
    transport.close();
  }
}
