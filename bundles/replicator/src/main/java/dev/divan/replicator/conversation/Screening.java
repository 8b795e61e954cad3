// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.database.Document;
import dev.divan.database.DocumentProvider;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.database.replica.Revision;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.conversation.Intake.Arrival;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shows the documents of one collection to a filter, one by one in their order. Runs on a worker:
 * it reads the database and calls user code.
 *
 * @param peer the other end, as the filter is told
 */
public record Screening(ReplicaDatabase database, Topic topic, PeerContext peer) {

  /**
   * What came of it.
   *
   * @param passing those the filter lets go, in their order
   * @param failed what it threw, by the documents it threw it at; they do not pass
   */
  public record Result<T>(List<T> passing, Map<T, Throwable> failed) {}

  /**
   * Documents that are to go out. One that has changed since does not pass: it comes again, with
   * its new sequence.
   *
   * @throws AwayException if the filter throws it
   */
  public Result<Change> outgoing(ReplicationFilter filter, List<Change> changes) {
    Result<Change> result = new Result<>(new ArrayList<>(), new LinkedHashMap<>());
    for (Change change : changes) {
      Revision revision = topic.replica().read(change.documentID(), change.revID());
      if (revision != null)
        ask(
            filter,
            change,
            document(revision.documentID(), revision.revID(), revision.sequence(), revision.body()),
            change.deleted(),
            result);
    }
    return result;
  }

  /**
   * Documents that have come in and are not stored yet.
   *
   * @throws AwayException if the filter throws it
   */
  public Result<Arrival> incoming(ReplicationFilter filter, List<Arrival> arrivals) {
    Result<Arrival> result = new Result<>(new ArrayList<>(), new LinkedHashMap<>());
    for (Arrival arrival : arrivals)
      ask(
          filter,
          arrival,
          document(arrival.documentID(), arrival.revID(), 0, arrival.body().json()),
          arrival.deleted(),
          result);
    return result;
  }

  private <T> void ask(
      ReplicationFilter filter, T item, Document document, boolean deleted, Result<T> result) {
    try {
      if (filter.filtered(document, deleted ? Set.of(DocumentFlag.DELETED) : Set.of(), peer))
        result.passing.add(item);
    } catch (AwayException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      result.failed.put(item, e);
    }
  }

  private Document document(String id, String revID, long sequence, byte[] json) {
    return DocumentProvider.document(
        topic.replica().collection(), id, revID, sequence, json, database.blobs()::open);
  }
}
