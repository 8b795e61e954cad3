// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.auth.Authenticator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.conversation.AwayException;
import dev.divan.replicator.wire.Profile;
import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.Dialer;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The way to a peer, one attempt at a time: what to dial is found out on a worker, since it asks
 * the authenticator and may read keys; then it is dialled, and once more if the peer has asked who
 * we are and the authenticator has an answer. All on the control lane.
 */
final class Approach {
  private static final int UNAUTHORIZED = 401;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  /** The rules that single nobody out: of them nothing is lost in clear that was asked for. */
  private static final Set<ServerTrust> UNNAMED =
      Set.of(new ServerTrust.Authorities(), new ServerTrust.OnlySelfSigned());

  private final Dialer dialer;
  private final @Nullable TLSContexts tls;
  private final Executor workers;
  private final Executor control;
  private @Nullable CompletableFuture<?> underWay;
  private boolean cancelled;

  Approach(Dialer dialer, @Nullable TLSContexts tls, Executor workers, Executor control) {
    this.dialer = dialer;
    this.tls = tls;
    this.workers = workers;
    this.control = control;
  }

  boolean isUnderWay() {
    return underWay != null;
  }

  /**
   * @param over called with a channel, or with why there is none; with neither if cancelled before
   *     it was dialled
   */
  void begin(
      ReplicatorConfiguration configuration,
      BiConsumer<@Nullable Channel, @Nullable Throwable> over) {
    cancelled = false;
    afterwards(
        CompletableFuture.supplyAsync(() -> request(configuration), workers),
        (request, failure) -> {
          if (request == null || cancelled) over.accept(null, failure);
          else
            dial(
                request,
                (channel, refusal) -> {
                  if (channel == null && isChallenge(refusal) && !cancelled)
                    answer(configuration, request, (DialException) refusal, over);
                  else over.accept(channel, refusal);
                });
        });
  }

  /** Keeps what is under way, so that it can be cancelled, and comes back to the lane. */
  private <T> void afterwards(
      CompletableFuture<T> step, BiConsumer<@Nullable T, @Nullable Throwable> then) {
    underWay = step;
    step.whenComplete(
        (result, failure) ->
            control.execute(
                () -> {
                  underWay = null;
                  then.accept(result, failure);
                }));
  }

  /** The attempt itself is what is cancelled, or a late channel would have nobody to close it. */
  private void dial(DialRequest request, BiConsumer<@Nullable Channel, @Nullable Throwable> then) {
    CompletableFuture<Channel> attempt;
    try {
      attempt = dialer.dial(request);
    } catch (RuntimeException e) {
      attempt = CompletableFuture.failedFuture(e);
    }
    afterwards(attempt, then);
  }

  private static boolean isChallenge(@Nullable Throwable refusal) {
    return refusal instanceof DialException dial && dial.status() == UNAUTHORIZED;
  }

  /** The authenticator may have an answer to what the peer wants to know; then once more. */
  private void answer(
      ReplicatorConfiguration configuration,
      DialRequest request,
      DialException refusal,
      BiConsumer<@Nullable Channel, @Nullable Throwable> over) {
    List<String> challenges = refusal.headers().getOrDefault("www-authenticate", List.of());
    afterwards(
        CompletableFuture.supplyAsync(
            () ->
                Optional.ofNullable(configuration.getAuthenticator())
                    .map(authenticator -> authenticator.answer(challenges)),
            workers),
        (answer, failure) -> {
          if (answer == null || answer.isEmpty() || cancelled)
            over.accept(null, failure == null ? refusal : failure);
          else dial(with(request, answer.get()), over);
        });
  }

  private static DialRequest with(DialRequest request, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.putAll(more);
    return new DialRequest(
        request.uri(),
        request.protocols(),
        headers,
        request.tls(),
        request.connectTimeout(),
        request.heartbeat());
  }

  /** Gives up; it is over soon, perhaps with a channel all the same. */
  void cancel() {
    cancelled = true;
    if (underWay != null) underWay.cancel(false);
  }

  private DialRequest request(ReplicatorConfiguration configuration) {
    URI target = configuration.getTarget().url();
    Map<String, String> headers = new HashMap<>(configuration.getHeaders());
    Authenticator authenticator = configuration.getAuthenticator();
    TLSIdentity identity = null;
    if (authenticator != null) {
      try {
        headers.putAll(authenticator.headers());
        identity = authenticator.identity();
      } catch (IllegalStateException e) {
        // Not just now; that may be otherwise next time.
        throw new AwayException(String.valueOf(e.getMessage()));
      }
    }
    boolean secure = configuration.getTarget().isSecure();
    if (!secure && (identity != null || !UNNAMED.contains(configuration.getServerTrust())))
      throw new IllegalArgumentException(
          "whoever is at the other end of "
              + target
              + " cannot be recognised: pins and certificates need wss://");
    String path = target.getRawPath();
    String slash = path.endsWith("/") ? "" : "/";
    return new DialRequest(
        target.resolve(path + slash + "_blipsync"),
        Profile.PROTOCOLS,
        headers,
        secure ? context(configuration, identity) : null,
        CONNECT_TIMEOUT,
        configuration.getHeartbeat());
  }

  private SSLContext context(
      ReplicatorConfiguration configuration, @Nullable TLSIdentity identity) {
    if (tls == null) throw new IllegalStateException("there is no TLS here to dial wss:// with");
    try {
      return tls.client(configuration.getServerTrust(), identity);
    } catch (IdentityException e) {
      throw new CompletionException(e);
    }
  }
}
