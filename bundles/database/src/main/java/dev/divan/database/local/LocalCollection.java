// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.ConcurrencyControl;
import dev.divan.database.ConflictHandler;
import dev.divan.database.Document;
import dev.divan.database.DocumentChangeListener;
import dev.divan.database.DocumentProvider;
import dev.divan.database.InvalidDocumentException;
import dev.divan.database.ListenerToken;
import dev.divan.database.MutableDocument;
import dev.divan.database.Scope;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.record.Record;
import dev.divan.database.table.DocumentIDs;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.json.Body;
import dev.divan.json.JsonException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A collection. */
public final class LocalCollection implements Collection {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private final LocalDatabase database;
  private final String name;
  private final String scope;
  private final DocumentTable table;
  private final Subscriptions subscriptions;
  private final List<Runnable> hooks = new CopyOnWriteArrayList<>();

  LocalCollection(
      LocalDatabase database,
      String fullName,
      DocumentTable table,
      Executor notifier,
      List<CollectionChangeListener> everywhere) {
    this.database = database;
    int dot = fullName.indexOf('.');
    this.scope = fullName.substring(0, dot);
    this.name = fullName.substring(dot + 1);
    this.table = table;
    this.subscriptions = new Subscriptions(this, notifier, everywhere);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Scope getScope() {
    return new LocalScope(database, scope);
  }

  @Override
  public String getFullName() {
    return table.name();
  }

  @Override
  public LocalDatabase getDatabase() {
    return database;
  }

  @Override
  public long getCount() {
    database.check();
    return table.count();
  }

  @Override
  public @Nullable Document getDocument(String id) {
    byte[] idBytes = CollectionKeys.bytes(id);
    Record record =
        idBytes.length > DocumentIDs.MAX_BYTES
            ? null
            : database.read(snapshot -> table.get(snapshot, idBytes));
    return record == null || record.deleted() ? null : document(id, record);
  }

  private Document document(String id, Record record) {
    return DocumentProvider.document(
        this,
        id,
        record.revID().toString(),
        record.sequence(),
        record.body(),
        database.localBlobs());
  }

  @Override
  public void save(MutableDocument document) {
    save(document, ConcurrencyControl.LAST_WRITE_WINS);
  }

  @Override
  public boolean save(MutableDocument document, ConcurrencyControl control) {
    boolean checked = control == ConcurrencyControl.FAIL_ON_CONFLICT;
    return !store(document, document.getRevisionID(), checked).conflict();
  }

  @Override
  public boolean save(MutableDocument document, ConflictHandler handler) {
    String base = document.getRevisionID();
    while (true) {
      SaveOperation attempt = store(document, base, true);
      if (!attempt.conflict()) {
        return true;
      }
      Document stored = getDocument(document.getId());
      if (!handler.handle(document, stored)) {
        return false;
      }
      // Against what the handler saw: if that has changed again, it is asked again.
      base = stored == null ? attempt.revID() : stored.getRevisionID();
    }
  }

  private SaveOperation store(MutableDocument document, @Nullable String base, boolean checked) {
    String id = document.getId();
    if (!DocumentIDs.valid(id)) {
      throw new InvalidDocumentException(
          "a document ID is 1 to 240 bytes of UTF-8 without control characters that do not start"
              + " with _");
    }
    for (String key : document.getKeys()) {
      if (key.startsWith("_") && !key.equals("_attachments")) {
        // Peers would drop it, so it shall not look as if it were kept.
        throw new InvalidDocumentException("keys that start with _ are reserved: " + key);
      }
    }
    List<Blob> fresh = DocumentProvider.newBlobs(document);
    fresh.forEach(database.localBlobs()::store);
    try {
      return save(document, base, checked, false, body(document));
    } finally {
      fresh.forEach(database.localBlobs()::release);
    }
  }

  private static Body body(MutableDocument document) {
    try {
      return Body.examine(DocumentProvider.json(document));
    } catch (JsonException e) {
      throw new InvalidDocumentException("the document cannot be stored: " + e.getMessage());
    }
  }

  private SaveOperation save(
      Document document, @Nullable String base, boolean checked, boolean deletes, Body body) {
    SaveOperation operation =
        new SaveOperation(
            table, database.localBlobs(), document.getId(), base, checked, deletes, body);
    database.run(operation);
    String revID = operation.revID();
    if (!operation.conflict() && revID != null) {
      DocumentProvider.saved(document, this, revID, operation.sequence());
    }
    return operation;
  }

  @Override
  public void delete(Document document) {
    delete(document, ConcurrencyControl.LAST_WRITE_WINS);
  }

  @Override
  public boolean delete(Document document, ConcurrencyControl control) {
    String base = document.getRevisionID();
    if (base == null) {
      throw new InvalidDocumentException("the document was never saved");
    }
    boolean checked = control == ConcurrencyControl.FAIL_ON_CONFLICT;
    return !save(document, base, checked, true, Body.EMPTY).conflict();
  }

  @Override
  public void purge(String id) {
    database.run(writing -> table.purge(writing, id));
  }

  @Override
  public void setDocumentExpiration(String id, @Nullable Instant expiration) {
    byte[] idBytes = CollectionKeys.bytes(id);
    long at = expiration == null ? -1 : Math.max(0, expiration.toEpochMilli());
    database.run(
        writing -> {
          Record record = table.get(writing.transaction(), idBytes);
          if (record == null || record.deleted()) {
            throw new InvalidDocumentException("there is no such document: " + id);
          }
          table.expire(writing, idBytes, at);
        });
    if (at >= 0) {
      database.expirations().expect(at);
    }
  }

  @Override
  public @Nullable Instant getDocumentExpiration(String id) {
    byte[] idBytes = CollectionKeys.bytes(id);
    long at = database.read(snapshot -> table.expires(snapshot, idBytes));
    return at < 0 ? null : Instant.ofEpochMilli(at);
  }

  @Override
  public void forEach(Consumer<? super Document> consumer) {
    forEach(null, null, Integer.MAX_VALUE, consumer);
  }

  @Override
  public void forEach(
      @Nullable String fromId,
      @Nullable String toId,
      int limit,
      Consumer<? super Document> consumer) {
    new Walk(database, table, this::document).over(fromId, toId, limit, consumer);
  }

  @Override
  public long getLastSequence() {
    database.check();
    return table.lastSequence();
  }

  @Override
  public ListenerToken addChangeListener(CollectionChangeListener listener) {
    database.check();
    return subscriptions.add(listener);
  }

  @Override
  public ListenerToken addChangeListener(Executor executor, CollectionChangeListener listener) {
    database.check();
    return subscriptions.add(executor, listener);
  }

  @Override
  public ListenerToken addDocumentChangeListener(String id, DocumentChangeListener listener) {
    database.check();
    return subscriptions.add(id, listener);
  }

  /** Runs the hook after each commit that changed this collection, on the thread that committed. */
  public ListenerToken onCommit(Runnable hook) {
    Runnable own = hook::run;
    hooks.add(own);
    return () -> hooks.remove(own);
  }

  /** What was written is durable. */
  void committed(Writing.State state) {
    table.committed(state);
    if (state.changed().isEmpty()) {
      return;
    }
    for (Runnable hook : hooks) {
      try {
        hook.run();
      } catch (RuntimeException e) {
        LOG.warn("a commit hook of {} failed", getFullName(), e);
      }
    }
    subscriptions.publish(state.changed());
  }

  public DocumentTable table() {
    return table;
  }

  @Override
  public String toString() {
    return database.getName() + "/" + getFullName();
  }
}
