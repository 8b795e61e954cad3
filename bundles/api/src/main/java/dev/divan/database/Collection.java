// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** A set of documents under their IDs. May be shared by all threads. */
@ProviderType
public interface Collection {
  String DEFAULT_NAME = "_default";

  String getName();

  Scope getScope();

  /** {@code scope.name}. */
  String getFullName();

  Database getDatabase();

  /** How many documents there are, deleted ones not counted. */
  long getCount();

  /** The document, or null if there is none or it is deleted. */
  @Nullable Document getDocument(String id);

  /** Saves; the last write wins. The document learns its new revision ID and sequence. */
  void save(MutableDocument document);

  /**
   * Saves; false if it lost against a newer revision under {@link
   * ConcurrencyControl#FAIL_ON_CONFLICT}.
   */
  boolean save(MutableDocument document, ConcurrencyControl control);

  /**
   * Saves; on a conflict the handler may change the document to be saved, and says whether to try
   * again with it.
   *
   * @return false if the handler gave up
   */
  boolean save(MutableDocument document, ConflictHandler handler);

  /** Deletes: leaves a tombstone, which is replicated. */
  void delete(Document document);

  boolean delete(Document document, ConcurrencyControl control);

  /** Forgets a document and its history, here only. Does nothing if there is none. */
  void purge(String id);

  /** When the document will be purged; null for never. */
  void setDocumentExpiration(String id, @Nullable Instant expiration);

  @Nullable Instant getDocumentExpiration(String id);

  /**
   * Calls the consumer with every document that is not deleted, in the order of their IDs as UTF-8.
   */
  void forEach(Consumer<? super Document> consumer);

  /** Calls the consumer with the documents whose IDs are in the range, at most so many. */
  void forEach(
      @Nullable String fromId,
      @Nullable String toId,
      int limit,
      Consumer<? super Document> consumer);

  /** The sequence of the last change. */
  long getLastSequence();

  /**
   * Calls the listener after each commit that changed this collection, on a thread of the database.
   */
  ListenerToken addChangeListener(CollectionChangeListener listener);

  ListenerToken addChangeListener(Executor executor, CollectionChangeListener listener);

  ListenerToken addDocumentChangeListener(String id, DocumentChangeListener listener);
}
