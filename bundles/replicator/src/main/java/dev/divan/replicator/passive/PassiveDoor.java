// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.conversation.Labels;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.wire.Profile;
import dev.divan.transport.Channel;
import java.util.List;

/** The passive door: begins a conversation on each channel handed in. */
public final class PassiveDoor implements PassivePeer {
  private final Threads threads;

  public PassiveDoor(Threads threads) {
    this.threads = threads;
  }

  @Override
  public List<String> protocols() {
    return Profile.PROTOCOLS;
  }

  @Override
  public PassiveSession serve(
      Channel channel, PassiveConfiguration configuration, PeerContext context) {
    Labels labels = new Labels(context.address(), null);
    PassiveConversation conversation =
        new PassiveConversation(
            channel, labels.lane(threads), labels.on(threads.workers()), configuration, context);
    conversation.start();
    return conversation;
  }
}
