// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.Verdict;
import dev.divan.database.DatabaseClosedException;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.UpgradeRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands the channels of those who are let in to the passive peer, under the terms of now. */
final class Reception implements Doorman.Usher {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final PassivePeer passive;
  private final Guests guests;
  private final Supplier<@Nullable Open> door;

  /**
   * @param door how it is open now; null if it is not
   */
  Reception(PassivePeer passive, Guests guests, Supplier<@Nullable Open> door) {
    this.passive = passive;
    this.guests = guests;
    this.door = door;
  }

  @Override
  public UpgradeDecision.Accept lead(
      String protocol, UpgradeRequest request, Verdict.@Nullable Admitted admitted) {
    return new UpgradeDecision.Accept(
        protocol,
        channel -> new PeerLabel(channel.remote()).on(() -> opened(channel, request, admitted)));
  }

  private void opened(
      Channel channel, UpgradeRequest request, Verdict.@Nullable Admitted admitted) {
    Open now = door.get();
    if (now == null) {
      channel.close(Closure.TRANSIENT, "listener is stopping");
      return;
    }
    if (guests.count() >= now.terms().configuration().getMaxConnections()) {
      channel.close(Closure.TRANSIENT, "listener has as many connections as it takes");
      return;
    }
    PeerContext peer = context(channel, request, admitted);
    PassiveSession session;
    try {
      session = passive.serve(channel, shared(now.terms()), peer);
    } catch (DatabaseClosedException e) {
      LOG.warn(
          "listener {}: {} is told to come back: {}",
          now.terms().name(),
          peer.address(),
          e.getMessage());
      channel.close(Closure.TRANSIENT, "the database is being closed");
      return;
    } catch (RuntimeException e) {
      LOG.error("listener {}: {} cannot be served", now.terms().name(), peer.address(), e);
      channel.close(Closure.TRANSIENT, "listener cannot serve now");
      return;
    }
    guests.add(session, channel);
    // who came in while the terms changed was not among those sent away
    Open then = door.get();
    if (then == null
        || (then.terms() != now.terms()
            && Changes.between(now.terms(), then.terms()).endsSessions())) {
      session.close(Closure.TRANSIENT, "listener has changed");
    }
  }

  private PassiveConfiguration shared(Terms terms) {
    return new PassiveConfiguration(
        terms.configuration().getCollections(),
        terms.configuration().isReadOnly(),
        terms.configuration().isEnableDeltaSync(),
        () -> filter(Terms::sending),
        () -> filter(Terms::receiving));
  }

  /** The filter of the terms of now, which may be others than those the session began under. */
  private @Nullable ReplicationFilter filter(Function<Terms, DocumentRule> direction) {
    Open now = door.get();
    return now == null ? null : direction.apply(now.terms()).filter().get();
  }

  private static PeerContext context(
      Channel channel, UpgradeRequest request, Verdict.@Nullable Admitted admitted) {
    List<X509Certificate> certificates = request.peer().certificates();
    return new PeerContext(
        certificates.isEmpty()
            ? channel.remote()
            : "sha256:" + TLSIdentity.fingerprint(certificates.get(0)),
        channel.remote(),
        admitted == null ? null : admitted.name(),
        admitted == null ? Set.of() : admitted.roles());
  }
}
