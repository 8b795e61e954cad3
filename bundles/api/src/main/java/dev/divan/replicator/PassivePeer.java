// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.transport.Channel;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The passive door: what a listener hands a channel to once its client has been let in. A service.
 */
@ProviderType
public interface PassivePeer {

  /** The sub-protocols it speaks, best first. */
  List<String> protocols();

  /**
   * Serves a channel until it closes.
   *
   * @param context who it is; known from authentication
   */
  PassiveSession serve(Channel channel, PassiveConfiguration configuration, PeerContext context);
}
