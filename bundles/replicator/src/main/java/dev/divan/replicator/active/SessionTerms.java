// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.database.Collection;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a configuration a session is begun with: two that differ in it cannot share one. */
record SessionTerms(
    URLEndpoint target,
    ReplicatorType type,
    boolean continuous,
    boolean autoPurge,
    @Nullable String remoteId,
    List<Choice> collections) {

  /** The documents of one collection. */
  record Choice(Collection collection, List<String> documentIDs, List<String> channels) {}

  static SessionTerms of(ReplicatorConfiguration configuration) {
    return new SessionTerms(
        configuration.getTarget(),
        configuration.getType(),
        configuration.isContinuous(),
        configuration.isAutoPurge(),
        configuration.getRemoteId(),
        configuration.getCollections().stream()
            .map(
                each -> new Choice(each.getCollection(), each.getDocumentIDs(), each.getChannels()))
            .toList());
  }
}
