// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.database.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a passive peer shares, and with whom.
 *
 * @param collections of one database
 * @param readOnly whether peers may only pull
 * @param deltaSync whether changes may come as deltas
 * @param sendFilter decides which documents this peer sends to its client, which pulls them. Asked
 *     again for each document; {@link #EVERYTHING} for all. Null means that the one who decides is
 *     absent just now: nothing passes, and a client for whom there is something to decide is closed
 *     with {@link dev.divan.transport.Closure#TRANSIENT}, to come back
 * @param receiveFilter likewise, which documents this peer takes from its client, which pushes
 *     them; others are refused with HTTP 403
 */
public record PassiveConfiguration(
    List<Collection> collections,
    boolean readOnly,
    boolean deltaSync,
    Supplier<? extends @Nullable ReplicationFilter> sendFilter,
    Supplier<? extends @Nullable ReplicationFilter> receiveFilter) {

  /** Lets every document pass; it is known, and never called. */
  public static final ReplicationFilter EVERYTHING = (document, flags, peer) -> true;

  public PassiveConfiguration {
    collections = List.copyOf(collections);
  }

  /** Without filters. */
  public PassiveConfiguration(List<Collection> collections, boolean readOnly, boolean deltaSync) {
    this(collections, readOnly, deltaSync, () -> EVERYTHING, () -> EVERYTHING);
  }
}
