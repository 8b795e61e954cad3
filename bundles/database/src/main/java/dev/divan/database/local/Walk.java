// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Document;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.keys.Keys;
import dev.divan.database.record.Record;
import dev.divan.database.table.DocumentTable;
import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the documents of a collection in the order of their IDs, page by page: no snapshot is open
 * while the consumer works.
 */
final class Walk {

  /** Documents read at once; more are not held in memory. */
  private static final int PAGE = 200;

  /** Bytes after which a page ends. */
  private static final int PAGE_BYTES = 4 << 20;

  private final LocalDatabase database;
  private final DocumentTable table;
  private final BiFunction<String, Record, Document> maker;

  Walk(LocalDatabase database, DocumentTable table, BiFunction<String, Record, Document> maker) {
    this.database = database;
    this.table = table;
    this.maker = maker;
  }

  void over(
      @Nullable String fromId,
      @Nullable String toId,
      int limit,
      Consumer<? super Document> consumer) {
    CollectionKeys keys = table.keys();
    byte[] from = fromId == null ? keys.documents() : keys.document(CollectionKeys.bytes(fromId));
    byte[] to =
        toId == null
            ? Keys.after(keys.documents())
            : next(keys.document(CollectionKeys.bytes(toId)));
    int left = limit;
    while (left > 0) {
      Page page = page(from, to, Math.min(left, PAGE));
      page.documents.forEach(consumer);
      left -= page.documents.size();
      byte[] last = page.last;
      if (last == null) {
        return;
      }
      from = next(last);
    }
  }

  /** Documents read in one snapshot, and the key they end with; null if there are no more. */
  private record Page(List<Document> documents, byte @Nullable [] last) {}

  private Page page(byte[] from, byte[] to, int limit) {
    return database.read(snapshot -> page(snapshot, from, to, limit));
  }

  private Page page(Snapshot snapshot, byte[] from, byte[] to, int limit) {
    List<Document> documents = new ArrayList<>();
    long bytes = 0;
    try (Cursor cursor = snapshot.scan(from, to)) {
      while (cursor.next()) {
        byte[] key = cursor.key();
        byte[] value = cursor.value();
        Record record = new Record(value);
        if (!record.deleted()) {
          documents.add(maker.apply(table.keys().documentID(key), record));
        }
        bytes += value.length;
        if (documents.size() == limit || bytes > PAGE_BYTES) {
          return new Page(documents, key);
        }
      }
    }
    return new Page(documents, null);
  }

  /** The least key after this one. */
  private static byte[] next(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
