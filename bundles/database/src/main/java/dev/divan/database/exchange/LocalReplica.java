// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.exchange;

import dev.divan.database.Collection;
import dev.divan.database.ListenerToken;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.local.LocalCollection;
import dev.divan.database.local.LocalDatabase;
import dev.divan.database.record.Record;
import dev.divan.database.replica.Change;
import dev.divan.database.replica.DocumentRevision;
import dev.divan.database.replica.IncomingRevision;
import dev.divan.database.replica.Outcome;
import dev.divan.database.replica.Outcome.Fault;
import dev.divan.database.replica.Outcome.Refused;
import dev.divan.database.replica.Proposal;
import dev.divan.database.replica.Replica;
import dev.divan.database.replica.Resolution;
import dev.divan.database.replica.Revision;
import dev.divan.database.replica.Verdict;
import dev.divan.database.replica.Wanted;
import dev.divan.database.revision.RevID;
import dev.divan.database.table.About;
import dev.divan.database.table.DocumentIDs;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.store.Snapshot;
import dev.divan.store.StoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One collection for replicators. */
final class LocalReplica implements Replica {

  /** Ancestors told to one who announces a revision; more are of no use to him. */
  private static final int MAX_ANCESTORS = 10;

  private static final Wanted UNKNOWN = new Wanted(true, false, List.of());

  private static final Verdict NEW = new Verdict(Verdict.Kind.WELCOME, null);

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private final LocalDatabase database;
  private final LocalCollection collection;
  private final DocumentTable table;

  LocalReplica(LocalDatabase database, LocalCollection collection) {
    this.database = database;
    this.collection = collection;
    this.table = collection.table();
  }

  @Override
  public Collection collection() {
    return collection;
  }

  @Override
  public long lastSequence() {
    return table.lastSequence();
  }

  @Override
  public List<Change> changes(long since, int limit, @Nullable String peer) {
    return database.read(snapshot -> table.changes(snapshot, since, limit, number(snapshot, peer)));
  }

  @Override
  public @Nullable Change change(String documentID, @Nullable String peer) {
    return database.read(snapshot -> table.change(snapshot, documentID, number(snapshot, peer)));
  }

  private static long number(Snapshot snapshot, @Nullable String peer) {
    return peer == null ? 0 : About.peer(snapshot, peer);
  }

  @Override
  public ListenerToken onCommit(Runnable hook) {
    return collection.onCommit(hook);
  }

  @Override
  public @Nullable Revision read(String documentID, @Nullable String revID) {
    Record record = record(documentID);
    if (record == null) {
      return null;
    }
    String current = record.revID().toString();
    return revID == null || current.equals(revID) ? revision(documentID, current, record) : null;
  }

  private @Nullable Record record(String documentID) {
    byte[] id = CollectionKeys.bytes(documentID);
    return database.read(snapshot -> get(snapshot, id));
  }

  private @Nullable Record get(Snapshot snapshot, byte[] id) {
    // Peers may ask for names that cannot be keys.
    return id.length == 0 || id.length > DocumentIDs.MAX_BYTES ? null : table.get(snapshot, id);
  }

  static Revision revision(String documentID, Record record) {
    return revision(documentID, record.revID().toString(), record);
  }

  private static Revision revision(String documentID, String revID, Record record) {
    return new Revision(
        documentID,
        revID,
        record.deleted(),
        record.sequence(),
        record.body(),
        texts(record.history(), Integer.MAX_VALUE));
  }

  private static List<String> texts(List<RevID> revIDs, int limit) {
    if (revIDs.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>(revIDs.size());
    for (int i = 0; i < revIDs.size() && i < limit; i++) {
      texts.add(revIDs.get(i).toString());
    }
    return texts;
  }

  @Override
  public List<Wanted> find(List<DocumentRevision> announced) {
    return database.read(
        snapshot -> {
          List<Wanted> answers = new ArrayList<>(announced.size());
          for (DocumentRevision row : announced) {
            Record record = get(snapshot, CollectionKeys.bytes(row.documentID()));
            answers.add(record == null ? UNKNOWN : wanted(record, row.revID()));
          }
          return answers;
        });
  }

  private static Wanted wanted(Record record, String text) {
    RevID announced = RevID.parse(text);
    RevID current = record.revID();
    if (current.equals(announced)) {
      return new Wanted(false, true, List.of());
    }
    List<RevID> held = new ArrayList<>();
    held.add(current);
    held.addAll(record.history());
    if (announced != null) {
      if (held.contains(announced)) {
        return new Wanted(false, false, List.of());
      }
      // Only an older one can be its ancestor.
      held.removeIf(own -> own.generation() >= announced.generation());
    }
    return new Wanted(true, false, texts(held, MAX_ANCESTORS));
  }

  @Override
  public List<Verdict> judge(List<Proposal> proposed) {
    return database.read(
        snapshot -> {
          List<Verdict> verdicts = new ArrayList<>(proposed.size());
          for (Proposal row : proposed) {
            Record record = get(snapshot, CollectionKeys.bytes(row.documentID()));
            verdicts.add(record == null ? NEW : verdict(record, row));
          }
          return verdicts;
        });
  }

  private static Verdict verdict(Record record, Proposal row) {
    String current = record.revID().toString();
    String parent = row.parentRevID();
    if (current.equals(row.revID())) {
      return new Verdict(Verdict.Kind.KNOWN, current);
    }
    boolean builds = parent == null || parent.isEmpty() ? record.deleted() : current.equals(parent);
    return new Verdict(builds ? Verdict.Kind.WELCOME : Verdict.Kind.CONFLICT, current);
  }

  @Override
  public CompletionStage<List<Outcome>> insert(List<IncomingRevision> revisions) {
    List<Arrival> arrivals = new ArrayList<>(revisions.size());
    long bytes = 0;
    for (IncomingRevision revision : revisions) {
      arrivals.add(Arrival.of(revision));
      bytes += revision.body().json().length;
    }
    int weight = (int) Math.min(bytes, Integer.MAX_VALUE);
    Deferred<List<Outcome>> operation =
        new Deferred<>(weight, writing -> receive(writing, arrivals)) {
          @Override
          public void failed(RuntimeException e) {
            if (e instanceof StoreException) {
              Outcome refused = new Refused(Fault.STORE, String.valueOf(e.getMessage()));
              complete(Collections.nCopies(arrivals.size(), refused));
            } else {
              super.failed(e);
            }
          }
        };
    return operation.enqueue(database);
  }

  private List<Outcome> receive(Writing writing, List<Arrival> arrivals) {
    Reception reception = new Reception(table, database.localBlobs(), writing);
    List<Outcome> outcomes = new ArrayList<>(arrivals.size());
    for (int i = 0; i < arrivals.size(); i++) {
      outcomes.add(reception.receive(arrivals.get(i)));
    }
    return outcomes;
  }

  @Override
  public CompletionStage<Outcome> resolve(
      IncomingRevision incoming, String localRevID, Resolution resolution) {
    Arrival arrival = Arrival.of(incoming);
    return deferred(
        incoming.body().json().length,
        writing ->
            new Reception(table, database.localBlobs(), writing)
                .resolve(arrival, localRevID, resolution));
  }

  @Override
  public CompletionStage<Void> acknowledge(String peer, List<DocumentRevision> revisions) {
    return deferred(
        0,
        writing -> {
          long number = About.peerOrNew(writing.transaction(), peer);
          for (DocumentRevision row : revisions) {
            acknowledge(writing, number, row);
          }
          return null;
        });
  }

  private void acknowledge(Writing writing, long peer, DocumentRevision row) {
    RevID revID = RevID.parse(row.revID());
    if (revID != null) {
      table.acknowledged(writing, CollectionKeys.bytes(row.documentID()), peer, revID);
    }
  }

  @Override
  public CompletionStage<Void> purge(List<String> documentIDs) {
    return deferred(
        0,
        writing -> {
          for (String id : documentIDs) {
            if (DocumentIDs.valid(id)) {
              table.purge(writing, id);
            }
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Void> forget(String peer) {
    return forget(peer, table.keys().held());
  }

  private CompletionStage<Void> forget(String peer, byte[] from) {
    CompletionStage<byte @Nullable []> piece =
        deferred(
            0, writing -> table.forget(writing, About.peer(writing.transaction(), peer), from));
    return piece.thenCompose(next -> next == null ? DONE : forget(peer, next));
  }

  private <T> CompletionStage<T> deferred(int weight, Function<Writing, T> work) {
    return new Deferred<>(weight, work).enqueue(database);
  }
}
