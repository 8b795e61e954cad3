// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.blip.IncomingRequest;
import dev.divan.blip.Properties;
import dev.divan.database.replica.Replica;
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
  private final Proposals proposals;
  private @Nullable Subscription subscription;

  PassiveCollection(
      Talk talk,
      Replica replica,
      int index,
      BlobIntake blobs,
      PassiveCounts counts,
      boolean deltaSync) {
    this.talk = talk;
    this.counts = counts;
    this.topic = new Topic(replica, index);
    this.proposals = new Proposals(talk, topic, blobs, counts, received, deltaSync);
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
    Subscription begun = new Subscription(talk, topic, request, counts, received);
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
