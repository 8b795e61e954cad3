// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.Properties;
import dev.divan.database.replica.Replica;
import dev.divan.replicator.wire.Profile;

/**
 * One collection in a conversation.
 *
 * @param index its place in the list both agreed on; negative where no list was spoken of, and
 *     messages carry none
 */
public record Topic(Replica replica, int index) {

  /** Properties of a message about this collection. */
  public Properties.Builder message(String profile) {
    Properties.Builder properties = Properties.builder().put(Profile.PROFILE, profile);
    if (index >= 0) properties.put(Profile.COLLECTION, index);
    return properties;
  }
}
