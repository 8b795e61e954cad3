// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.blob.Digest;
import dev.divan.database.blob.LocalBlobs;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.keys.Keys;
import dev.divan.database.record.Record;
import dev.divan.database.replica.Change;
import dev.divan.database.table.DocumentTable;
import dev.divan.json.Body;
import dev.divan.store.Blobs.BlobKey;
import dev.divan.store.Cursor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes blobs that no document mentions. First all documents are read beside running work; then,
 * while nothing is committed, those that have changed since, and what remains unmentioned goes.
 */
final class Compaction {
  private static final int PAGE = 200;

  private final LocalDatabase database;
  private final Set<BlobKey> mentioned = new HashSet<>();
  private final Map<DocumentTable, Long> seen = new HashMap<>();

  Compaction(LocalDatabase database) {
    this.database = database;
  }

  /** Beside running work. */
  void survey() {
    for (DocumentTable table : database.tables()) {
      seen.put(table, table.lastSequence());
      byte[] from = table.keys().documents();
      while (from != null) {
        byte[] start = from;
        from = database.read(snapshot -> page(snapshot.scan(start, end(table))));
      }
    }
  }

  private static byte[] end(DocumentTable table) {
    return Keys.after(table.keys().documents());
  }

  private byte @Nullable [] page(Cursor documents) {
    try (documents) {
      for (int i = 0; i < PAGE; i++) {
        if (!documents.next()) {
          return null;
        }
        mention(new Record(documents.value()));
      }
      byte[] last = documents.key();
      return java.util.Arrays.copyOf(last, last.length + 1);
    }
  }

  private void mention(Record record) {
    if (record.hasBlobs()) {
      for (Body.BlobReference blob : Body.examine(record.body()).blobs()) {
        byte[] key = Digest.parse(blob.digest());
        if (key != null) {
          mentioned.add(new BlobKey(key));
        }
      }
    }
  }

  /** While nothing is committed; returns how many blobs went. */
  int sweep() {
    for (DocumentTable table : database.tables()) {
      long since = seen.getOrDefault(table, 0L);
      List<Change> changes;
      do {
        long from = since;
        changes = database.read(snapshot -> table.changes(snapshot, from, PAGE, 0));
        for (Change change : changes) {
          byte[] id = CollectionKeys.bytes(change.documentID());
          Record record = database.read(snapshot -> table.get(snapshot, id));
          if (record != null) {
            mention(record);
          }
          since = change.sequence();
        }
      } while (changes.size() == PAGE);
    }
    LocalBlobs blobs = database.localBlobs();
    int gone = 0;
    for (BlobKey key : blobs.keys()) {
      if (!mentioned.contains(key) && blobs.deleteUnexpected(key)) {
        gone++;
      }
    }
    return gone;
  }
}
