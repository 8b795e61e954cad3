// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.tls.ServerTrust;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The lasting names under which we remember a peer: the configured {@code remoteId}; else the
 * pinned certificate with the database's name, so that a gateway may move; else its URL.
 */
final class PeerKey {
  private PeerKey() {}

  static String of(ReplicatorConfiguration configuration) {
    String remoteId = configuration.getRemoteId();
    if (remoteId != null) return "id:" + remoteId;
    if (configuration.getServerTrust() instanceof ServerTrust.Pinned pinned)
      return "pin:" + pinned.sha256() + configuration.getTarget().url().getRawPath();
    return configuration.getTarget().url().toString();
  }

  /**
   * The ID of the checkpoint of one collection: another database, peer, collection or choice of
   * documents is another.
   */
  static String checkpointId(
      UUID database, ReplicatorConfiguration configuration, CollectionConfiguration collection) {
    List<String> parts = new ArrayList<>();
    parts.add(database.toString());
    parts.add(of(configuration));
    parts.add(collection.getCollection().getFullName());
    List<String> ids = collection.getDocumentIDs();
    // The count keeps a document's name from being taken for a channel's.
    parts.add(Integer.toString(ids.size()));
    parts.addAll(new TreeSet<>(ids));
    parts.addAll(new TreeSet<>(collection.getChannels()));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
      return "cp-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
