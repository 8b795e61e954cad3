// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.replicator.PassivePeer;
import dev.divan.transport.Doorkeeper;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Answers who knocks: is there room, who are you, whom do you want to see, which language do you
 * speak; in this order, so that a stranger learns nothing about what is behind the door. Never
 * blocks: logins are judged elsewhere.
 */
final class Doorman implements Doorkeeper {

  /** What to do with who is let in. */
  interface Usher {
    UpgradeDecision.Accept lead(
        String protocol, UpgradeRequest request, Verdict.@Nullable Admitted as);
  }

  private final PassivePeer passive;
  private final Usher usher;
  private final Guests guests;
  private final Logins logins;
  private volatile @Nullable Terms terms;

  Doorman(PassivePeer passive, Usher usher, Guests guests, Logins logins) {
    this.passive = passive;
    this.usher = usher;
    this.guests = guests;
    this.logins = logins;
  }

  /** From the next knock on; null to let nobody in. */
  void use(@Nullable Terms next) {
    terms = next;
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
    if (now.sending().isAbsent() || now.receiving().isAbsent()) {
      return refuse(503, "nobody is here to say which documents are for you; try again later");
    }
    if (now.admission().isOpen()) {
      return CompletableFuture.completedFuture(enter(now, request, null));
    }
    ListenerAuthenticator judge = now.admission().judge().get();
    if (judge == null) {
      return refuse(503, "nobody is here to let you in; try again later");
    }
    return logins.judge(now, request, judge, admitted -> enter(now, request, admitted));
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

  private static UpgradeDecision decision(int status, String text) {
    return new UpgradeDecision.Refuse(status, Map.of(), text);
  }

  private static CompletionStage<UpgradeDecision> refuse(int status, String text) {
    return CompletableFuture.completedFuture(decision(status, text));
  }
}
