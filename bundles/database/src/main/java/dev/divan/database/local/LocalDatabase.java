// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.database.DocumentProvider;
import dev.divan.database.ListenerToken;
import dev.divan.database.Scope;
import dev.divan.database.blob.LocalBlobs;
import dev.divan.database.commit.CommitQueue;
import dev.divan.database.commit.Operation;
import dev.divan.database.exchange.LocalReplicaDatabase;
import dev.divan.database.move.MovableSpace;
import dev.divan.database.move.Move;
import dev.divan.database.move.MoveException;
import dev.divan.database.move.Progress;
import dev.divan.database.move.Standing;
import dev.divan.database.replica.ReplicaDatabase;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.store.Snapshot;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database in a space of a store. */
public final class LocalDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private final String name;
  private final MovableSpace space;
  private final ThreadPoolExecutor committer;
  private final ThreadPoolExecutor notifier;
  private final ScheduledThreadPoolExecutor timer;
  private final Catalog catalog;
  private final CommitQueue<Writing> queue;
  private final LocalBlobs blobs;
  private final Expirations expirations;
  private final ReplicaDatabase replicas;
  private final List<CollectionChangeListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> closeHooks = new CopyOnWriteArrayList<>();
  private final ThreadLocal<Batch> batch = new ThreadLocal<>();
  private final Object closeLock = new Object();
  private final CountDownLatch end = new CountDownLatch(1);
  private @Nullable Thread closer;
  private volatile boolean closed;
  private volatile Store store;
  private volatile @Nullable Move move;

  /**
   * Opens a database, creating it if it is not there.
   *
   * @throws IllegalArgumentException if it cannot be called so
   * @throws StoreException if the store cannot open it
   */
  public LocalDatabase(String name, Store store) {
    Names.checkDatabase(name);
    this.name = name;
    this.store = store;
    this.space = new MovableSpace(store.open(name));
    this.committer = Threads.single("divan-commit-" + name);
    this.notifier = Threads.single("divan-notify-" + name);
    this.timer = Threads.timer("divan-expire-" + name);
    try {
      space.read(
          snapshot -> {
            Standing.admit(name, snapshot);
            return true;
          });
      this.catalog = new Catalog(this, space, notifier, listeners);
      this.queue =
          new CommitQueue<>(space, catalog, committer, () -> new DatabaseClosedException(name));
      this.blobs = new LocalBlobs(space.blobs());
      this.expirations = new Expirations(this, timer);
      this.replicas = new LocalReplicaDatabase(this);
      catalog.open();
      expirations.expectFirst();
    } catch (RuntimeException e) {
      space.close();
      throw e;
    }
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public UUID getUuid() {
    check();
    return catalog.uuid();
  }

  @Override
  public Set<Scope> getScopes() {
    check();
    return catalog.scopes();
  }

  @Override
  public @Nullable Scope getScope(String scope) {
    Scope found = new LocalScope(this, scope);
    return getScopes().contains(found) ? found : null;
  }

  @Override
  public Set<Collection> getCollections(String scope) {
    check();
    return catalog.collections(scope);
  }

  @Override
  public Collection getDefaultCollection() {
    return createCollection(Collection.DEFAULT_NAME, Scope.DEFAULT_NAME);
  }

  @Override
  public @Nullable Collection getCollection(String collection, String scope) {
    check();
    return catalog.get(scope + "." + collection);
  }

  @Override
  public Collection createCollection(String collection, String scope) {
    check();
    Names.checkCollection(collection, scope);
    LocalCollection found = catalog.get(scope + "." + collection);
    if (found != null) {
      return found;
    }
    refuseInBatch();
    return catalog.create(scope + "." + collection);
  }

  @Override
  public void deleteCollection(String collection, String scope) {
    check();
    refuseInBatch();
    if (collection.equals(Collection.DEFAULT_NAME) && scope.equals(Scope.DEFAULT_NAME)) {
      throw new IllegalArgumentException("the default collection cannot be deleted");
    }
    catalog.delete(scope + "." + collection);
  }

  @Override
  public List<String> getCollectionNames() {
    check();
    return catalog.names();
  }

  /**
   * {@inheritDoc}
   *
   * <p>The batch is kept in memory until the work returns, and becomes durable then; while the work
   * runs nothing else is committed. A document saved in a batch that fails is not to be used
   * further: it believes to be saved. Collections cannot be made or deleted inside, nor the
   * database closed, and waiting there for a replica's stage would be for ever.
   */
  @Override
  public void inBatch(Runnable work) {
    check();
    if (batch.get() != null) {
      work.run();
      return;
    }
    queue.hold();
    try {
      Batch own = new Batch(space, catalog);
      batch.set(own);
      try {
        work.run();
      } finally {
        batch.remove();
      }
      own.commit(space);
    } finally {
      queue.leave();
    }
  }

  @Override
  public Blob saveBlob(Blob blob) {
    check();
    blobs.store(blob);
    blobs.release(blob);
    return blob;
  }

  @Override
  public @Nullable Blob getBlob(Map<String, ?> dictionary) {
    check();
    if (!Blob.isBlob(dictionary)) {
      throw new IllegalArgumentException("not the dictionary of a blob");
    }
    Blob blob = DocumentProvider.blob(dictionary, blobs);
    return blobs.length(String.valueOf(blob.digest())) < 0 ? null : blob;
  }

  @Override
  public int compact() {
    check();
    refuseInBatch();
    Compaction compaction = new Compaction(this);
    compaction.survey();
    queue.hold();
    try {
      return compaction.sweep();
    } finally {
      queue.leave();
    }
  }

  @Override
  public <T> @Nullable T adapt(Class<T> type) {
    return type.isInstance(replicas) ? type.cast(replicas) : null;
  }

  /** Who calls while another closes it waits until that is done; a hook that calls does not. */
  @Override
  public void close() {
    refuseInBatch();
    Thread first;
    synchronized (closeLock) {
      first = closer;
      if (first == null) {
        closer = Thread.currentThread();
      }
    }
    if (first == null) {
      try {
        // Whoever works with this database may still tidy up, for instance save a checkpoint.
        closeHooks.forEach(this::run);
      } finally {
        closed = true;
        try {
          end();
        } finally {
          end.countDown();
        }
      }
    } else if (first != Thread.currentThread()) {
      awaitEnd();
    }
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        // it has to be closed when this returns
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(Runnable hook) {
    try {
      hook.run();
    } catch (RuntimeException e) {
      LOG.warn("a hook failed when {} closed", name, e);
    }
  }

  private void end() {
    timer.shutdown();
    stopMoving();
    queue.close();
    committer.shutdown();
    notifier.shutdown();
    space.close();
  }

  @Override
  public void delete() {
    close();
    store.delete(name);
  }

  /**
   * Moves to another store while everything goes on; returns when it is there. One at a time.
   *
   * @param from what the present store is called
   * @param to what the target is called
   * @param progress told on this thread, after every step
   * @throws MoveException if it has not happened, in words; the database is where it was
   */
  public Move.Moved moveTo(
      Store target, String from, String to, Consumer<? super Progress> progress) {
    check();
    Move own = new Move(name, space, from, target, to, progress);
    move = own;
    try {
      Move.Moved moved = own.run();
      store = target;
      return moved;
    } finally {
      move = null;
    }
  }

  /** Breaks off a move that is under way; it then says so soon. */
  public void stopMoving() {
    Move now = move;
    if (now != null) {
      now.cancel();
    }
  }

  /** Hears of changes of all collections, also of those made later. */
  public ListenerToken addChangeListener(CollectionChangeListener listener) {
    CollectionChangeListener own = listener::changed;
    listeners.add(own);
    return () -> listeners.remove(own);
  }

  /**
   * Runs the hook once when the database closes, while it still works.
   *
   * @throws DatabaseClosedException if that has begun
   */
  public ListenerToken onClose(Runnable hook) {
    Runnable own = hook::run;
    synchronized (closeLock) {
      if (closer != null) {
        throw new DatabaseClosedException(name);
      }
      closeHooks.add(own);
    }
    return () -> closeHooks.remove(own);
  }

  /** Reads; inside a batch of this thread with what it has written so far. */
  public <T> T read(Function<Snapshot, T> work) {
    check();
    Batch own = batch.get();
    if (own != null) {
      return work.apply(own.overlay());
    }
    try {
      return space.read(work);
    } catch (StoreException e) {
      throw closed ? new DatabaseClosedException(name) : e;
    }
  }

  /** Writes, and returns when it is durable; inside a batch of this thread, as part of that. */
  public void run(Operation<Writing> operation) {
    check();
    Batch own = batch.get();
    if (own != null) {
      own.run(operation);
    } else {
      queue.run(operation);
    }
  }

  /** Writes some time soon. */
  public void enqueue(Operation<Writing> operation) {
    queue.enqueue(operation);
  }

  public LocalBlobs localBlobs() {
    check();
    return blobs;
  }

  public boolean isClosed() {
    return closed;
  }

  Expirations expirations() {
    return expirations;
  }

  /** A collection's table by its number, or null. */
  @Nullable DocumentTable table(long number) {
    return catalog.table(number);
  }

  List<DocumentTable> tables() {
    return catalog.tables();
  }

  void check() {
    if (closed) {
      throw new DatabaseClosedException(name);
    }
  }

  private void refuseInBatch() {
    if (batch.get() != null) {
      throw new IllegalStateException("not inside a batch");
    }
  }

  @Override
  public String toString() {
    return "Database[" + name + "]";
  }
}
