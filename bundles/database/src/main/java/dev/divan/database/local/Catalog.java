// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Collection;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.DivanException;
import dev.divan.database.Scope;
import dev.divan.database.commit.Rounds;
import dev.divan.database.keys.Bytes;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.keys.Keys;
import dev.divan.database.revision.Clock;
import dev.divan.database.table.About;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import dev.divan.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Which collections there are, and what surrounds each commit: their counters and the clock. */
final class Catalog implements Rounds<Writing> {

  /** Entries of a dropped collection removed in one commit. */
  private static final int PIECE = 1000;

  private final LocalDatabase database;
  private final Space space;
  private final Executor notifier;
  private final List<CollectionChangeListener> listeners;
  private final Clock clock = Clock.system();
  private final UUID uuid;
  private final Map<String, LocalCollection> byName = new ConcurrentHashMap<>();
  private final Map<DocumentTable, LocalCollection> byTable = new ConcurrentHashMap<>();

  Catalog(
      LocalDatabase database,
      Space space,
      Executor notifier,
      List<CollectionChangeListener> listeners) {
    this.database = database;
    this.space = space;
    this.notifier = notifier;
    this.listeners = listeners;
    About stored = space.read(About::read);
    if (stored == null) {
      About fresh = About.fresh();
      space.write(
          transaction -> {
            fresh.write(transaction);
            return fresh;
          });
      stored = fresh;
    }
    this.uuid = stored.uuid();
  }

  /** Finds the collections there are, and finishes what a crash left undone. */
  void open() {
    space.read(
        snapshot -> {
          byte[] from = Keys.collections();
          try (Cursor cursor = snapshot.scan(from, Keys.after(from))) {
            while (cursor.next()) {
              long number = new Bytes(cursor.value(), 0).readNumber();
              byte[] state = state(snapshot, number);
              clock.advance(Writing.clock(state));
              add(Keys.collectionName(cursor.key()), number, state);
            }
          }
          return byName;
        });
    if (get(Scope.DEFAULT_NAME + "." + Collection.DEFAULT_NAME) == null) {
      create(Scope.DEFAULT_NAME + "." + Collection.DEFAULT_NAME);
    }
    for (long number : space.read(Catalog::dropped)) {
      clear(number);
    }
  }

  private static byte[] state(Snapshot snapshot, long number) {
    byte[] state = snapshot.get(Keys.state(number));
    if (state == null) {
      throw new DivanException("the database is damaged: a collection has no state");
    }
    return state;
  }

  private LocalCollection add(String fullName, long number, byte[] state) {
    DocumentTable table = new DocumentTable(fullName, number, state);
    LocalCollection collection =
        new LocalCollection(database, fullName, table, notifier, listeners);
    byTable.put(table, collection);
    byName.put(fullName, collection);
    return collection;
  }

  UUID uuid() {
    return uuid;
  }

  /** The scopes that have collections, and the default one. */
  Set<Scope> scopes() {
    Set<Scope> scopes = new LinkedHashSet<>();
    scopes.add(new LocalScope(database, Scope.DEFAULT_NAME));
    byName.values().forEach(collection -> scopes.add(collection.getScope()));
    return scopes;
  }

  Set<Collection> collections(String scope) {
    Set<Collection> found = new LinkedHashSet<>(byName.values());
    found.removeIf(collection -> !collection.getScope().getName().equals(scope));
    return found;
  }

  /** Full names, sorted. */
  List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }

  List<DocumentTable> tables() {
    return byName.values().stream().map(LocalCollection::table).toList();
  }

  /** A collection's table by its number, or null. */
  @Nullable DocumentTable table(long number) {
    for (LocalCollection collection : byName.values()) {
      if (collection.table().number() == number) {
        return collection.table();
      }
    }
    return null;
  }

  @Nullable LocalCollection get(String fullName) {
    return byName.get(fullName);
  }

  synchronized LocalCollection create(String fullName) {
    LocalCollection found = get(fullName);
    if (found != null) {
      return found;
    }
    long[] number = new long[1];
    database.run(writing -> number[0] = create(writing.transaction(), fullName));
    return add(fullName, number[0], Writing.empty());
  }

  private static long create(Transaction transaction, String fullName) {
    About about = About.read(transaction);
    if (about == null) {
      throw new DivanException("the database is damaged: it has no identity");
    }
    long number = about.nextCollection();
    new About(about.uuid(), number + 1, about.nextPeer()).write(transaction);
    byte[] value = new Bytes(Bytes.sizeOf(number)).number(number).done();
    transaction.put(Keys.collection(fullName), value);
    transaction.put(Keys.state(number), Writing.empty());
    return number;
  }

  synchronized void delete(String fullName) {
    LocalCollection collection = get(fullName);
    if (collection == null) {
      return;
    }
    long number = collection.table().number();
    database.run(
        writing -> {
          // Gone at once for everybody; its entries follow piece by piece.
          writing.transaction().delete(Keys.collection(fullName));
          writing.transaction().delete(Keys.state(number));
          writing.transaction().put(Keys.dropped(number), new byte[0]);
        });
    byName.remove(fullName);
    byTable.remove(collection.table());
    clear(number);
  }

  private void clear(long number) {
    for (byte[] prefix : new CollectionKeys(number).everything()) {
      boolean[] more = {true};
      while (more[0]) {
        database.run(writing -> more[0] = clear(writing.transaction(), prefix));
      }
    }
    database.run(writing -> writing.transaction().delete(Keys.dropped(number)));
  }

  private static boolean clear(Transaction transaction, byte[] prefix) {
    List<byte[]> keys = new ArrayList<>();
    try (Cursor cursor = transaction.scan(prefix, Keys.after(prefix))) {
      while (keys.size() < PIECE && cursor.next()) {
        keys.add(cursor.key());
      }
    }
    for (byte[] key : keys) {
      transaction.delete(key);
    }
    return keys.size() == PIECE;
  }

  private static List<Long> dropped(Snapshot snapshot) {
    List<Long> dropped = new ArrayList<>();
    byte[] from = Keys.allDropped();
    try (Cursor cursor = snapshot.scan(from, Keys.after(from))) {
      while (cursor.next()) {
        dropped.add(Keys.droppedNumber(cursor.key()));
      }
    }
    return dropped;
  }

  @Override
  public Writing begin(Transaction transaction) {
    return new Writing(transaction, clock, uuid);
  }

  @Override
  public void end(Writing writing) {
    writing.end();
  }

  @Override
  public void committed(Writing writing) {
    writing
        .states()
        .forEach(
            (table, state) -> {
              LocalCollection collection = byTable.get(table);
              if (collection != null) {
                collection.committed(state);
              }
            });
  }
}
