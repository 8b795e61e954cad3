// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is told of one replicator. */
public final class ReplicatorLetters {
  /** The activity of a replicator that is no service any more. */
  public static final String GONE = "GONE";

  /** IDs in one event; a batch of more becomes several. */
  static final int MAX_DOCUMENTS = 1000;

  private final Supplier<String> name;
  private final Supplier<String> url;
  private final String database;
  private final Object key = new Object();

  /**
   * @param name what it is called now
   * @param url where its peer is now
   */
  public ReplicatorLetters(Supplier<String> name, Supplier<String> url, String database) {
    this.name = name;
    this.url = url;
    this.database = database;
  }

  private Map<String, Object> origin() {
    Map<String, Object> properties = new HashMap<>();
    properties.put("replicator", name.get());
    properties.put("url", url.get());
    properties.put("database", database);
    return properties;
  }

  public Letter status(ReplicatorStatus status) {
    Map<String, Object> properties = origin();
    properties.put("activity", status.activityLevel().name());
    properties.put("completed", status.progress().completed());
    properties.put("total", status.progress().total());
    error(properties, status.error());
    return new Letter(Topics.STATUS, properties, key, 0);
  }

  /** It is no service any more. */
  public Letter gone(ReplicatorStatus last) {
    Map<String, Object> properties = new HashMap<>(status(last).properties());
    properties.put("activity", GONE);
    return new Letter(Topics.STATUS, properties, key, 0);
  }

  private static void error(Map<String, Object> properties, @Nullable ReplicatorException error) {
    if (error == null) return;
    properties.put("error.domain", error.getDomain().name());
    properties.put("error.code", error.getCode());
    properties.put("error.transient", error.isTransient());
    properties.put("error.message", String.valueOf(error.getMessage()));
  }

  /** Of those that arrived, one or more letters a collection. */
  public List<Letter> replicated(boolean push, List<ReplicatedDocument> documents) {
    return byCollection(
        documents,
        document -> document.error() == null,
        (collection, piece) -> replicated(push, collection, piece));
  }

  /** Of those whose conflict was resolved, one or more letters a collection. */
  public List<Letter> resolved(List<ReplicatedDocument> documents) {
    return byCollection(
        documents,
        document -> document.error() == null && document.flags().contains(DocumentFlag.CONFLICT),
        this::resolved);
  }

  private static List<Letter> byCollection(
      List<ReplicatedDocument> documents,
      Predicate<ReplicatedDocument> which,
      BiFunction<String, List<ReplicatedDocument>, Letter> letter) {
    Map<String, List<ReplicatedDocument>> byCollection = new LinkedHashMap<>();
    for (ReplicatedDocument document : documents)
      if (which.test(document))
        byCollection.computeIfAbsent(collection(document), c -> new ArrayList<>()).add(document);
    List<Letter> letters = new ArrayList<>();
    byCollection.forEach(
        (collection, all) ->
            Pieces.of(all, MAX_DOCUMENTS)
                .forEach(piece -> letters.add(letter.apply(collection, piece))));
    return letters;
  }

  private Letter resolved(String collection, List<ReplicatedDocument> documents) {
    Map<String, Object> properties = origin();
    properties.put("collection", collection);
    properties.put("documents", ids(documents, null));
    return new Letter(Topics.RESOLVED, properties, null, documents.size());
  }

  private Letter replicated(boolean push, String collection, List<ReplicatedDocument> documents) {
    Map<String, Object> properties = origin();
    properties.put("collection", collection);
    properties.put("push", push);
    properties.put("documents", ids(documents, null));
    properties.put("deleted", ids(documents, DocumentFlag.DELETED));
    properties.put("accessRemoved", ids(documents, DocumentFlag.ACCESS_REMOVED));
    return new Letter(Topics.REPLICATED, properties, null, documents.size());
  }

  private static String[] ids(List<ReplicatedDocument> documents, @Nullable DocumentFlag flag) {
    return documents.stream()
        .filter(document -> flag == null || document.flags().contains(flag))
        .map(ReplicatedDocument::id)
        .toArray(String[]::new);
  }

  /** Of those that could not be replicated, one letter each. */
  public List<Letter> failed(boolean push, List<ReplicatedDocument> documents) {
    return documents.stream()
        .filter(document -> document.error() != null)
        .map(document -> failed(push, document))
        .toList();
  }

  private Letter failed(boolean push, ReplicatedDocument document) {
    Map<String, Object> properties = origin();
    properties.put("collection", collection(document));
    properties.put("push", push);
    properties.put("document", document.id());
    error(properties, document.error());
    return new Letter(Topics.FAILED, properties, null, 1);
  }

  private static String collection(ReplicatedDocument document) {
    return document.scope() + "." + document.collection();
  }
}
