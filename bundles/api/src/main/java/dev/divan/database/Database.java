// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A database: scopes of collections of documents. Registered as a service with the properties
 * {@code name} and {@code database.uuid}. May be shared by all threads and bundles.
 *
 * <p>After {@link #close} every method but {@link #getName} throws {@link DatabaseClosedException}.
 */
@ProviderType
public interface Database extends AutoCloseable {

  String getName();

  /** This database's own identity; a copy gets another. */
  UUID getUuid();

  /** The scopes that have collections, the default one always. */
  Set<Scope> getScopes();

  @Nullable Scope getScope(String name);

  /** The collections of a scope; empty if there is no such scope. */
  Set<Collection> getCollections(String scope);

  /** {@code _default._default}. */
  Collection getDefaultCollection();

  /** The collection, or null if there is none. */
  @Nullable Collection getCollection(String name, String scope);

  /**
   * The collection, made if it is not there.
   *
   * @param name 1 to 251 of {@code A-Za-z0-9_-%}, not starting with {@code _} or {@code %}
   */
  Collection createCollection(String name, String scope);

  /** Deletes a collection with its documents; the default collection cannot be deleted. */
  void deleteCollection(String name, String scope);

  /**
   * Runs work whose saves and deletions become visible together, or, if it throws, not at all.
   * Saves inside see each other. Runs on the calling thread; others' saves wait.
   */
  void inBatch(Runnable work);

  /** Stores a blob apart from any document, and returns it with its digest. */
  Blob saveBlob(Blob blob);

  /**
   * The blob of a dictionary with {@code @type}, {@code digest} …, or null if its bytes are not
   * here.
   */
  @Nullable Blob getBlob(java.util.Map<String, ?> dictionary);

  /** Removes blobs that no document mentions; returns how many. */
  int compact();

  /**
   * Another view of this database, such as {@code ReplicaDatabase}; null if it has none of that
   * type.
   */
  <T> @Nullable T adapt(Class<T> type);

  /** The full names of all collections, {@code scope.collection}, sorted. */
  List<String> getCollectionNames();

  /** Waits for running work, then closes. Idempotent. */
  @Override
  void close();

  /** Closes and deletes everything. */
  void delete();
}
