// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.database.Collection;
import dev.divan.database.ConflictResolver;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which documents of one collection are replicated, and how its conflicts end. Not thread-safe; a
 * replicator copies it.
 */
public final class CollectionConfiguration {
  private final Collection collection;
  private List<String> documentIDs = List.of();
  private List<String> channels = List.of();
  private @Nullable ReplicationFilter pushFilter;
  private @Nullable ReplicationFilter pullFilter;
  private @Nullable ConflictResolver conflictResolver;

  public CollectionConfiguration(Collection collection) {
    this.collection = Objects.requireNonNull(collection);
  }

  public CollectionConfiguration(CollectionConfiguration other) {
    collection = other.collection;
    documentIDs = other.documentIDs;
    channels = other.channels;
    pushFilter = other.pushFilter;
    pullFilter = other.pullFilter;
    conflictResolver = other.conflictResolver;
  }

  public Collection getCollection() {
    return collection;
  }

  /** Only these documents, both ways; empty for all. */
  public CollectionConfiguration setDocumentIDs(List<String> ids) {
    documentIDs = List.copyOf(ids);
    return this;
  }

  public List<String> getDocumentIDs() {
    return documentIDs;
  }

  /** Channels to pull; only a Sync Gateway has any. */
  public CollectionConfiguration setChannels(List<String> names) {
    channels = List.copyOf(names);
    return this;
  }

  public List<String> getChannels() {
    return channels;
  }

  public CollectionConfiguration setPushFilter(@Nullable ReplicationFilter filter) {
    pushFilter = filter;
    return this;
  }

  public @Nullable ReplicationFilter getPushFilter() {
    return pushFilter;
  }

  public CollectionConfiguration setPullFilter(@Nullable ReplicationFilter filter) {
    pullFilter = filter;
    return this;
  }

  public @Nullable ReplicationFilter getPullFilter() {
    return pullFilter;
  }

  /**
   * Null for the default rule: a deletion wins, then more revisions, then the greater revision ID.
   */
  public CollectionConfiguration setConflictResolver(@Nullable ConflictResolver resolver) {
    conflictResolver = resolver;
    return this;
  }

  public @Nullable ConflictResolver getConflictResolver() {
    return conflictResolver;
  }
}
