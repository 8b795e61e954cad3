// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.conversation.BlobIntake;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.replicator.wire.Faults;
import org.jspecify.annotations.Nullable;

/**
 * One shared collection in one conversation: at most one subscription, and what the client pushes.
 */
final class PassiveCollection {
  private final Talk talk;
  private final Topic topic;
  private final PassiveCounts counts;
  private final Received received = new Received();
  private final DocumentGate sending;
  private final Proposals proposals;
  private @Nullable Subscription subscription;

  PassiveCollection(
      Talk talk,
      Topic topic,
      BlobIntake blobs,
      PassiveCounts counts,
      PassiveConfiguration terms,
      PeerContext peer) {
    this.talk = talk;
    this.topic = topic;
    this.counts = counts;
    this.sending = new DocumentGate(talk, topic, peer, "sendFilter", terms.sendFilter());
    this.proposals =
        new Proposals(
            talk,
            topic,
            blobs,
            counts,
            received,
            new DocumentGate(talk, topic, peer, "receiveFilter", terms.receiveFilter()),
            terms.deltaSync());
  }

  Proposals proposals() {
    return proposals;
  }

  void subscribe(IncomingRequest request) {
    Properties properties = request.properties();
    String versioning = properties.nonEmpty("versioning");
    if (versioning != null && !versioning.equals("rev-trees")) {
      request.fail(Faults.incompatibleVersioning());
      return;
    }
    if (properties.nonEmpty("filter") != null) {
      request.fail(Faults.noFilters());
      return;
    }
    if (subscription != null) {
      request.fail(Faults.alreadySubscribed());
      return;
    }
    Subscription begun = new Subscription(talk, topic, request, counts, received, sending);
    subscription = begun;
    request.respond();
    begun.begin();
  }

  void wake() {
    if (subscription != null) subscription.wake();
  }

  void end() {
    if (subscription != null) subscription.end();
  }
}
