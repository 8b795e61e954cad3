// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.transport.Channel;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The passive door as a service. */
@Component(property = "protocol.versions=3")
public final class PassivePeerService implements PassivePeer {
  private final PassiveDoor door;

  @Activate
  public PassivePeerService(@Reference ConversationThreads threads) {
    door = new PassiveDoor(threads.get());
  }

  @Override
  public List<String> protocols() {
    return door.protocols();
  }

  @Override
  public PassiveSession serve(
      Channel channel, PassiveConfiguration configuration, PeerContext context) {
    return door.serve(channel, configuration, context);
  }
}
