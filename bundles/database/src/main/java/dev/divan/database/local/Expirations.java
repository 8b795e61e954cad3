// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.DatabaseClosedException;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.keys.Keys;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Purges documents when their time has come: an index in the order of time, and one timer. */
final class Expirations {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  /** Documents purged in one commit, so that others' saves get their turn. */
  private static final int BATCH = 200;

  /** The timer looks at the wall clock again at least so often, because that may be set. */
  private static final long LONGEST_WAIT_MS = TimeUnit.MINUTES.toMillis(10);

  private static final long RETRY_MS = TimeUnit.MINUTES.toMillis(1);

  private final LocalDatabase database;
  private final ScheduledThreadPoolExecutor timer;
  private long plannedAt = Long.MAX_VALUE;
  private @Nullable ScheduledFuture<?> planned;

  Expirations(LocalDatabase database, ScheduledThreadPoolExecutor timer) {
    this.database = database;
    this.timer = timer;
  }

  /** A document will expire then, in milliseconds since 1970. */
  synchronized void expect(long at) {
    if (at >= plannedAt) {
      return;
    }
    if (planned != null) {
      planned.cancel(false);
    }
    plannedAt = at;
    long wait = Math.min(Math.max(0, at - System.currentTimeMillis()), LONGEST_WAIT_MS);
    try {
      planned = timer.schedule(this::run, wait, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      LOG.debug("{} is closing; documents expire when it is opened again", database.getName());
    }
  }

  private void run() {
    synchronized (this) {
      plannedAt = Long.MAX_VALUE;
    }
    try {
      long now = System.currentTimeMillis();
      List<Keys.Expiration> due = due(now);
      while (!due.isEmpty()) {
        List<Keys.Expiration> purged = due;
        database.run(writing -> purge(writing, purged));
        due = due(now);
      }
      expectFirst();
    } catch (DatabaseClosedException closing) {
      LOG.debug("{} is closing; documents expire when it is opened again", database.getName());
    } catch (RuntimeException e) {
      LOG.warn("cannot purge expired documents of {}; will try again", database.getName(), e);
      expect(System.currentTimeMillis() + RETRY_MS);
    }
  }

  /** Plans for what is stored. */
  void expectFirst() {
    List<Keys.Expiration> first = database.read(snapshot -> list(snapshot, Long.MAX_VALUE, 1));
    if (!first.isEmpty()) {
      expect(first.get(0).at());
    }
  }

  private List<Keys.Expiration> due(long now) {
    return database.read(snapshot -> list(snapshot, now, BATCH));
  }

  private static List<Keys.Expiration> list(Snapshot snapshot, long until, int limit) {
    List<Keys.Expiration> list = new ArrayList<>();
    byte[] all = Keys.expirations();
    try (Cursor cursor = snapshot.scan(all, Keys.after(all))) {
      while (list.size() < limit && cursor.next()) {
        Keys.Expiration entry = Keys.expiration(cursor.key());
        if (entry.at() > until) {
          break;
        }
        list.add(entry);
      }
    }
    return list;
  }

  private void purge(Writing writing, List<Keys.Expiration> due) {
    for (Keys.Expiration entry : due) {
      byte[] idBytes = CollectionKeys.bytes(entry.documentID());
      CollectionKeys keys = new CollectionKeys(entry.collection());
      DocumentTable table = database.table(entry.collection());
      boolean still = table != null && table.expires(writing.transaction(), idBytes) == entry.at();
      if (still) {
        table.purge(writing, entry.documentID());
      }
      // Normally gone with the document; an entry of a dropped collection goes here.
      writing.transaction().delete(keys.expiration(entry.at(), idBytes));
    }
  }
}
