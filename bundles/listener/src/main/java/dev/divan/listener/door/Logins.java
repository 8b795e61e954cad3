// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.auth.Verdict;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeDecision.Refuse;
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
 * Has credentials judged, elsewhere and in bounded time, and answers those that fail, the more
 * slowly the more of them there are. Passwords are wiped as soon as they have been judged.
 */
final class Logins {
  /** What a client that authenticates only when asked waits for. */
  static final Map<String, String> CHALLENGE =
      Map.of("WWW-Authenticate", "Basic realm=\"Divan\", charset=\"UTF-8\"");

  /** An authenticator that takes longer has failed; no client waits that long. */
  private static final long JUDGEMENT_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final Executor judging;
  private final Slowdown slowdown;
  private final Function<Duration, CompletionStage<Void>> later;
  private final LongAdder refused = new LongAdder();

  Logins(Executor judging, Slowdown slowdown, Function<Duration, CompletionStage<Void>> later) {
    this.judging = judging;
    this.slowdown = slowdown;
    this.later = later;
  }

  /** Logins refused so far. */
  long refused() {
    return refused.sum();
  }

  /**
   * Judges who asks by what this judge demands.
   *
   * @param enter answers who is admitted
   */
  CompletionStage<UpgradeDecision> judge(
      Terms terms,
      UpgradeRequest request,
      ListenerAuthenticator judge,
      Function<Verdict.Admitted, UpgradeDecision> enter) {
    Credentials credentials =
        Credentials.of(
            request.header("authorization"),
            request.peer().certificates(),
            request.peer().address());
    Demand demand = terms.admission().demand();
    if (demand == Demand.CERTIFICATE && credentials.certificates().isEmpty()) {
      wipe(credentials);
      return answer(403, "this listener demands a client certificate");
    }
    if (demand == Demand.PASSWORD && credentials.username() == null) {
      return CompletableFuture.completedFuture(challenge());
    }
    Login login =
        new Login(
            terms,
            credentials,
            credentials.address() == null ? null : credentials.address().getAddress(),
            PeerLabel.of(credentials.address()));
    if (!slowdown.enter(login.from)) {
      wipe(credentials);
      return CompletableFuture.completedFuture(tooMany(login));
    }
    CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    try {
      judging.execute(() -> login.label.on(() -> verdict.complete(login.judgedBy(judge))));
    } catch (RejectedExecutionException full) {
      wipe(credentials);
      slowdown.left(login.from);
      return answer(503, "too many logins at once; try again later");
    }
    return verdict
        .orTimeout(JUDGEMENT_SECONDS, TimeUnit.SECONDS)
        .handle((said, failure) -> login.label.on(() -> judged(login, said, enter)))
        .thenCompose(answer -> answer);
  }

  /** One login. */
  private record Login(
      Terms terms, Credentials credentials, @Nullable InetAddress from, PeerLabel label) {

    Verdict judgedBy(ListenerAuthenticator judge) {
      try {
        return judge.authenticate(credentials);
      } catch (RuntimeException | LinkageError e) {
        LOG.error("listener {}: {} failed", terms.name(), terms.admission().words(), e);
        return new Verdict.Refused("the authenticator failed");
      } finally {
        wipe(credentials);
      }
    }
  }

  private CompletionStage<UpgradeDecision> judged(
      Login login, @Nullable Verdict said, Function<Verdict.Admitted, UpgradeDecision> enter) {
    if (said instanceof Verdict.Admitted admitted) {
      slowdown.succeeded(login.from);
      return CompletableFuture.completedFuture(enter.apply(admitted));
    }
    if (said instanceof Verdict.Refused no) {
      return refused(login, no.reason());
    }
    LOG.error(
        "listener {}: {} took longer than {} s",
        login.terms.name(),
        login.terms.admission().words(),
        JUDGEMENT_SECONDS);
    slowdown.left(login.from);
    return answer(503, "your login could not be judged in time; try again later");
  }

  private CompletionStage<UpgradeDecision> refused(Login login, String why) {
    boolean byPassword = login.terms.admission().demand() == Demand.PASSWORD;
    refused.increment();
    Duration delay = slowdown.failed(login.from);
    LOG.info(
        "listener {}: refused {} from {}: {} ({} in a row)",
        login.terms.name(),
        byPassword ? "user " + printable(login.credentials.username()) : "a certificate",
        login.from == null ? "somewhere" : login.from.getHostAddress(),
        why,
        slowdown.failures(login.from));
    UpgradeDecision answer =
        byPassword
            ? challenge()
            : new Refuse(403, Map.of(), "this listener does not admit your certificate");
    if (delay.isZero()) {
      slowdown.left(login.from);
      return CompletableFuture.completedFuture(answer);
    }
    return later
        .apply(delay)
        .handle(
            (done, failure) -> {
              slowdown.left(login.from);
              return answer;
            });
  }

  /** Who has failed often is told so, but not who has only come with many at once. */
  private UpgradeDecision tooMany(Login login) {
    boolean failed = slowdown.failures(login.from) >= Slowdown.FREE;
    Duration pause = failed ? Slowdown.LONGEST : Slowdown.FIRST;
    return new Refuse(
        429,
        Map.of("Retry-After", Long.toString(pause.toSeconds())),
        failed
            ? "too many failed logins from your address; try again later"
            : "too many logins from your address at once; try again in a moment");
  }

  private static UpgradeDecision challenge() {
    return new Refuse(401, CHALLENGE, "a user name and a password, please");
  }

  private static CompletionStage<UpgradeDecision> answer(int status, String text) {
    return CompletableFuture.completedFuture(new Refuse(status, Map.of(), text));
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
