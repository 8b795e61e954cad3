// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as it was when it was read. Immutable, unless it is a {@link MutableDocument}; may be
 * shared by threads. Its JSON is parsed when first asked for.
 */
public class Document implements DictionaryInterface {
  private final String id;
  volatile @Nullable Collection collection;
  volatile @Nullable String revID;
  volatile long sequence;
  private final byte @Nullable [] json;
  final @Nullable BlobSource source;
  private volatile @Nullable Dictionary content;

  /** What is stored; see {@link DocumentProvider}. */
  Document(
      Collection collection,
      String id,
      String revID,
      long sequence,
      byte[] json,
      @Nullable BlobSource source) {
    this.collection = collection;
    this.id = id;
    this.revID = revID;
    this.sequence = sequence;
    this.json = json;
    this.source = source;
  }

  /** What is new or to be changed. */
  Document(String id, MutableDictionary content) {
    this.id = id;
    this.json = null;
    this.source = content.source;
    this.content = content;
  }

  public String getId() {
    return id;
  }

  /** The revision ID, such as {@code 2-9af…}; null if it was never saved. */
  public @Nullable String getRevisionID() {
    return revID;
  }

  /** Its place in the order of the collection's changes; 0 if it was never saved. */
  public long getSequence() {
    return sequence;
  }

  /** The collection it was read from or saved to; null if it was never saved. */
  public @Nullable Collection getCollection() {
    return collection;
  }

  @Override
  public int count() {
    return content().count();
  }

  @Override
  public List<String> getKeys() {
    return content().getKeys();
  }

  @Override
  public boolean contains(String key) {
    return content().contains(key);
  }

  @Override
  public @Nullable Object getValue(String key) {
    return content().getValue(key);
  }

  @Override
  public Map<String, @Nullable Object> toMap() {
    return content().toMap();
  }

  @Override
  public String toJSON() {
    return new String(json(), StandardCharsets.UTF_8);
  }

  @Override
  public Iterator<String> iterator() {
    return content().iterator();
  }

  /** A copy that can be changed and saved. */
  public MutableDocument toMutable() {
    MutableDocument copy = new MutableDocument(id, content().toMutable());
    copy.collection = collection;
    copy.revID = revID;
    copy.sequence = sequence;
    return copy;
  }

  byte[] json() {
    byte[] stored = json;
    return stored == null ? Json.print(content().plain()) : stored;
  }

  Dictionary content() {
    Dictionary parsed = content;
    if (parsed == null) {
      // Two threads may both parse; either result will do.
      parsed = new Dictionary(Json.parseObject(json()), source);
      content = parsed;
    }
    return parsed;
  }

  /** Equal if ID and content are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Document document
        && id.equals(document.id)
        && content().equals(document.content());
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Document[" + id + " " + revID + "]";
  }
}
