// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.couchbase.lite.BasicAuthenticator;
import com.couchbase.lite.CouchbaseLiteException;
import com.couchbase.lite.Database;
import com.couchbase.lite.DatabaseConfiguration;
import com.couchbase.lite.Document;
import com.couchbase.lite.MutableDocument;
import com.couchbase.lite.ReplicatedDocument;
import com.couchbase.lite.Replicator;
import com.couchbase.lite.ReplicatorActivityLevel;
import com.couchbase.lite.ReplicatorConfiguration;
import com.couchbase.lite.ReplicatorType;
import com.couchbase.lite.URLEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A phone: a stock database with a way to one node. */
final class Client implements AutoCloseable {
  private static final long PATIENCE = 60;
  private final Database database;
  private final URI url;
  private byte @Nullable [] pin;
  private @Nullable BasicAuthenticator authenticator;

  /**
   * How a replication ended, and the IDs of the documents that went, failed ones with the error's
   * code.
   */
  record Outcome(@Nullable CouchbaseLiteException error, Set<String> pushed, Set<String> pulled) {

    Outcome succeeded() {
      if (error != null) throw new AssertionError("the client reports " + error, error);
      return this;
    }
  }

  Client(Path directory, URI url) throws CouchbaseLiteException {
    DatabaseConfiguration configuration =
        new DatabaseConfiguration().setDirectory(directory.toString());
    database = new Database("phone-" + UUID.randomUUID(), configuration);
    this.url = url;
  }

  Client as(String user, String password) {
    authenticator = new BasicAuthenticator(user, password.toCharArray());
    return this;
  }

  Client pinning(byte[] certificate) {
    pin = certificate;
    return this;
  }

  Database database() {
    return database;
  }

  void save(String id, String key, String value) throws CouchbaseLiteException {
    Document present = database.getDocument(id);
    MutableDocument document = present == null ? new MutableDocument(id) : present.toMutable();
    database.save(document.setString(key, value));
  }

  void delete(String id) throws CouchbaseLiteException {
    database.delete(document(id));
  }

  Document document(String id) {
    Document document = database.getDocument(id);
    if (document == null) throw new AssertionError("the client has no document " + id);
    return document;
  }

  ReplicatorConfiguration configuration(ReplicatorType type) {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(database, new URLEndpoint(url)).setType(type);
    if (pin != null) configuration.setPinnedServerCertificate(pin);
    if (authenticator != null) configuration.setAuthenticator(authenticator);
    return configuration;
  }

  Outcome push() throws InterruptedException {
    return run(configuration(ReplicatorType.PUSH)).succeeded();
  }

  Outcome pull() throws InterruptedException {
    return run(configuration(ReplicatorType.PULL)).succeeded();
  }

  Outcome sync() throws InterruptedException {
    return run(configuration(ReplicatorType.PUSH_AND_PULL)).succeeded();
  }

  /** Runs a one-shot replication to its end. */
  static Outcome run(ReplicatorConfiguration configuration) throws InterruptedException {
    Set<String> pushed = new ConcurrentSkipListSet<>();
    Set<String> pulled = new ConcurrentSkipListSet<>();
    CountDownLatch stopped = new CountDownLatch(1);
    Replicator replicator = new Replicator(configuration);
    // One thread for both, so that what is told last comes last.
    ExecutorService ears = Executors.newSingleThreadExecutor();
    try {
      replicator.addDocumentReplicationListener(
          ears,
          replication -> {
            for (ReplicatedDocument document : replication.getDocuments())
              (replication.isPush() ? pushed : pulled).add(label(document));
          });
      replicator.addChangeListener(
          ears,
          change -> {
            if (change.getStatus().getActivityLevel() == ReplicatorActivityLevel.STOPPED)
              stopped.countDown();
          });
      replicator.start();
      assertTrue(
          stopped.await(PATIENCE, TimeUnit.SECONDS),
          () -> "did not stop: " + replicator.getStatus());
    } finally {
      replicator.stop();
      ears.shutdown();
    }
    return new Outcome(
        replicator.getStatus().getError(), new TreeSet<>(pushed), new TreeSet<>(pulled));
  }

  private static String label(ReplicatedDocument document) {
    return document.getError() == null
        ? document.getID()
        : document.getID() + " " + document.getError().getCode();
  }

  @Override
  public void close() throws CouchbaseLiteException {
    database.close();
  }
}
