// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import com.couchbase.lite.CouchbaseLiteException;
import com.couchbase.lite.DataSource;
import com.couchbase.lite.Expression;
import com.couchbase.lite.Meta;
import com.couchbase.lite.QueryBuilder;
import com.couchbase.lite.Replicator;
import com.couchbase.lite.ReplicatorActivityLevel;
import com.couchbase.lite.ReplicatorType;
import com.couchbase.lite.Result;
import com.couchbase.lite.ResultSet;
import com.couchbase.lite.SelectResult;
import dev.divan.itests.Await;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real client that pulls continuously, and counts how often it was not connected. */
final class LivePhone implements AutoCloseable {
  private final Client client;
  private final Replicator replicator;
  private final AtomicInteger losses = new AtomicInteger();
  // one thread, so that what is told last comes last
  private final ExecutorService ears = Executors.newSingleThreadExecutor();

  LivePhone(Client client) {
    this.client = client;
    replicator =
        new Replicator(
            client.configuration(ReplicatorType.PULL).setContinuous(true).setMaxAttemptWaitTime(1));
    replicator.addChangeListener(
        ears,
        change -> {
          ReplicatorActivityLevel level = change.getStatus().getActivityLevel();
          if (level == ReplicatorActivityLevel.OFFLINE || level == ReplicatorActivityLevel.STOPPED)
            losses.incrementAndGet();
        });
    replicator.start();
  }

  /** How often it has been offline. */
  int losses() {
    return losses.get();
  }

  long count() {
    return client.database().getCount();
  }

  String status() {
    return "phone " + replicator.getStatus() + " with " + count() + " documents";
  }

  /** Whether some document reads so. */
  boolean has(String key, String value) throws CouchbaseLiteException {
    var query =
        QueryBuilder.select(SelectResult.expression(Meta.id))
            .from(DataSource.database(client.database()))
            .where(Expression.property(key).equalTo(Expression.string(value)))
            .limit(Expression.intValue(1));
    try (ResultSet found = query.execute()) {
      return found.next() != null;
    }
  }

  /** IDs and revisions of all it has. */
  Map<String, String> revisions() throws CouchbaseLiteException {
    Map<String, String> revisions = new TreeMap<>();
    var query =
        QueryBuilder.select(
                SelectResult.expression(Meta.id), SelectResult.expression(Meta.revisionID))
            .from(DataSource.database(client.database()));
    try (ResultSet all = query.execute()) {
      for (Result each : all) revisions.put(each.getString(0), each.getString(1));
    }
    return revisions;
  }

  @Override
  public void close() throws InterruptedException, CouchbaseLiteException {
    replicator.stop();
    Await.that(
        () -> replicator.getStatus().getActivityLevel() == ReplicatorActivityLevel.STOPPED,
        this::status);
    ears.shutdown();
    client.close();
  }
}
