// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Blob;
import dev.divan.database.Collection;
import dev.divan.database.CollectionChange;
import dev.divan.database.CollectionChangeListener;
import dev.divan.database.Document;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what changes in a collection, whoever changed it, and notes when it was seen. */
final class Arrivals implements CollectionChangeListener {
  /** Of how many documents the last change is remembered; the demo asks for recent ones only. */
  private static final int REMEMBERED = 100;

  private final Map<String, Long> seen =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long begun = Clock.micros();
  private long last = begun;
  private long documents;
  private long bytes;
  private boolean connected;

  /**
   * What changed since the count began.
   *
   * @param bytes of JSON and blobs
   * @param micros until the last of them was seen
   */
  record Tally(long documents, long bytes, long micros) {}

  synchronized void begin() {
    begun = last = Clock.micros();
    documents = bytes = 0;
    connected = false;
  }

  /** The time before counts for the connection, not for the documents. */
  synchronized void connected() {
    if (!connected && documents == 0) begun = last = Clock.micros();
    connected = true;
  }

  synchronized Tally tally() {
    return new Tally(documents, bytes, last - begun);
  }

  /** When the document's last change was seen, in µs of the wall clock; 0 if there was none. */
  synchronized long seen(String id) {
    return seen.getOrDefault(id, 0L);
  }

  @Override
  public void changed(CollectionChange change) {
    long now = Clock.micros();
    long size = change.documentIDs().stream().mapToLong(id -> size(change.collection(), id)).sum();
    synchronized (this) {
      for (String id : change.documentIDs()) {
        seen.remove(id); // to become the youngest
        seen.put(id, now);
      }
      documents += change.documentIDs().size();
      bytes += size;
      last = now;
    }
  }

  private static long size(Collection collection, String id) {
    Document document = collection.getDocument(id);
    if (document == null) return 0;
    Blob image = document.getBlob("image");
    long json = document.toJSON().getBytes(StandardCharsets.UTF_8).length;
    return image == null ? json : json + image.length();
  }
}
