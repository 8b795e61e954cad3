// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.auth.Verdict;
import dev.divan.replicator.PassivePeer;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers who knocks: is there room, who are you, whom do you want to see, which language do you
 * speak; in this order, so that a stranger learns nothing about what is behind the door. Never
 * blocks: the authenticator runs elsewhere.
 */
final class Doorman implements Doorkeeper {
  /** What a client that authenticates only when asked waits for. */
  static final Map<String, String> CHALLENGE =
      Map.of("WWW-Authenticate", "Basic realm=\"Divan\", charset=\"UTF-8\"");

  /** An authenticator that takes longer has failed; no client waits that long. */
  private static final long JUDGEMENT_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  /** What to do with who is let in. */
  interface Usher {
    UpgradeDecision.Accept lead(
        String protocol, UpgradeRequest request, Verdict.@Nullable Admitted as);
  }

  private final PassivePeer passive;
  private final Executor judging;
  private final Usher usher;
  private final Guests guests;
  private final Slowdown slowdown;
  private final Function<Duration, CompletionStage<Void>> later;
  private final LongAdder refusedLogins = new LongAdder();
  private volatile @Nullable Terms terms;

  Doorman(
      PassivePeer passive,
      Executor judging,
      Usher usher,
      Guests guests,
      Slowdown slowdown,
      Function<Duration, CompletionStage<Void>> later) {
    this.passive = passive;
    this.judging = judging;
    this.usher = usher;
    this.guests = guests;
    this.slowdown = slowdown;
    this.later = later;
  }

  /** From the next knock on; null to let nobody in. */
  void use(@Nullable Terms next) {
    terms = next;
  }

  /** Logins refused so far. */
  long refusedLogins() {
    return refusedLogins.sum();
  }

  @Override
  public CompletionStage<UpgradeDecision> knock(UpgradeRequest request) {
    Terms now = terms;
    if (now == null) {
      return refuse(503, "this listener is stopping");
    }
    if (guests.count() >= now.configuration().getMaxConnections()) {
      return refuse(503, "this listener has as many connections as it takes; try again later");
    }
    if (now.admission().isOpen()) {
      return CompletableFuture.completedFuture(enter(now, request, null));
    }
    ListenerAuthenticator judge = now.admission().judge().get();
    if (judge == null) {
      return refuse(503, "nobody is here to let you in; try again later");
    }
    Credentials credentials =
        Credentials.of(
            request.header("authorization"),
            request.peer().certificates(),
            request.peer().address());
    Demand demand = now.admission().demand();
    if (demand == Demand.CERTIFICATE && credentials.certificates().isEmpty()) {
      wipe(credentials);
      return refuse(403, "this listener demands a client certificate");
    }
    if (demand == Demand.PASSWORD && credentials.username() == null) {
      return CompletableFuture.completedFuture(challenge());
    }
    return judged(now, request, judge, credentials);
  }

  private CompletionStage<UpgradeDecision> judged(
      Terms now, UpgradeRequest request, ListenerAuthenticator judge, Credentials credentials) {
    InetAddress from = credentials.address() == null ? null : credentials.address().getAddress();
    if (!slowdown.enter(from)) {
      wipe(credentials);
      return CompletableFuture.completedFuture(
          new UpgradeDecision.Refuse(
              429,
              Map.of("Retry-After", Long.toString(Slowdown.LONGEST.toSeconds())),
              "too many failed logins from your address; try again later"));
    }
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    try {
      judging.execute(
          () -> {
            try {
              verdict.complete(judge.authenticate(credentials));
            } catch (RuntimeException | LinkageError e) {
              LOG.error("listener {}: {} failed", now.name(), now.admission().words(), e);
              verdict.complete(new Verdict.Refused("the authenticator failed"));
            } finally {
              wipe(credentials);
            }
          });
    } catch (RejectedExecutionException full) {
      wipe(credentials);
      slowdown.left(from);
      return refuse(503, "too many logins at once; try again later");
    }
    return verdict
        .orTimeout(JUDGEMENT_SECONDS, TimeUnit.SECONDS)
        .handle(
            (said, failure) -> {
              if (said instanceof Verdict.Admitted admitted) {
                slowdown.succeeded(from);
                return CompletableFuture.completedFuture(enter(now, request, admitted));
              }
              if (said instanceof Verdict.Refused refused) {
                return refused(now, credentials, from, refused.reason());
              }
              LOG.error(
                  "listener {}: {} took longer than {} s",
                  now.name(),
                  now.admission().words(),
                  JUDGEMENT_SECONDS);
              slowdown.left(from);
              return refuse(503, "your login could not be judged in time; try again later");
            })
        .thenCompose(answer -> answer);
  }

  private CompletionStage<UpgradeDecision> refused(
      Terms now, Credentials credentials, @Nullable InetAddress from, String why) {
    boolean byPassword = now.admission().demand() == Demand.PASSWORD;
    refusedLogins.increment();
    Duration delay = slowdown.failed(from);
    LOG.info(
        "listener {}: refused {} from {}: {} ({} in a row)",
        now.name(),
        byPassword ? "user " + printable(credentials.username()) : "a certificate",
        from == null ? "somewhere" : from.getHostAddress(),
        why,
        slowdown.failures(from));
    UpgradeDecision answer =
        byPassword ? challenge() : decision(403, "this listener does not admit your certificate");
    if (delay.isZero()) {
      slowdown.left(from);
      return CompletableFuture.completedFuture(answer);
    }
    return later
        .apply(delay)
        .handle(
            (done, failure) -> {
              slowdown.left(from);
              return answer;
            });
  }

  private UpgradeDecision enter(
      Terms now, UpgradeRequest request, Verdict.@Nullable Admitted admitted) {
    if (!request.path().equals(now.path())) {
      return decision(
          404, "no database is shared under this path; a path looks like /<database>/_blipsync");
    }
    for (String offered : request.protocols()) {
      if (passive.protocols().contains(offered)) {
        return usher.lead(offered, request, admitted);
      }
    }
    return decision(403, "no sub-protocol in common; this listener speaks " + passive.protocols());
  }

  private static UpgradeDecision challenge() {
    return new UpgradeDecision.Refuse(401, CHALLENGE, "a user name and a password, please");
  }

  private static UpgradeDecision decision(int status, String text) {
    return new UpgradeDecision.Refuse(status, Map.of(), text);
  }

  private static CompletionStage<UpgradeDecision> refuse(int status, String text) {
    return CompletableFuture.completedFuture(decision(status, text));
  }

  private static void wipe(Credentials credentials) {
    char[] password = credentials.password();
    if (password != null) {
      Arrays.fill(password, '\0');
    }
  }

  /** A stranger's text, fit for a log. */
  private static String printable(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String cut = text.length() > 64 ? text.substring(0, 64) + "…" : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
