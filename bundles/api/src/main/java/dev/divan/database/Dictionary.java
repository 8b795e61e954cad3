// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object within a document. Immutable, unless it is a {@link MutableDictionary}. */
public class Dictionary implements DictionaryInterface {
  final Map<String, @Nullable Object> content;
  final @Nullable BlobSource source;

  Dictionary(Map<String, @Nullable Object> content, @Nullable BlobSource source) {
    this.content = content;
    this.source = source;
  }

  @Override
  public int count() {
    return content.size();
  }

  @Override
  public List<String> getKeys() {
    return List.copyOf(content.keySet());
  }

  @Override
  public boolean contains(String key) {
    return content.containsKey(key);
  }

  @Override
  public @Nullable Object getValue(String key) {
    return Values.view(content.get(key), source, false);
  }

  @Override
  public Map<String, @Nullable Object> toMap() {
    return Values.plainObject(content, source, true);
  }

  @Override
  public String toJSON() {
    return Json.text(plain());
  }

  /** The tree to be printed. */
  Map<String, @Nullable Object> plain() {
    return Values.plainObject(content, source, false);
  }

  /** A copy that can be changed. */
  public MutableDictionary toMutable() {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>(content);
    copy.replaceAll((key, value) -> Values.detached(value));
    return new MutableDictionary(copy, source);
  }

  @Override
  public Iterator<String> iterator() {
    return getKeys().iterator();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Dictionary dictionary && plain().equals(dictionary.plain());
  }

  @Override
  public int hashCode() {
    return content.keySet().hashCode();
  }

  @Override
  public String toString() {
    return toJSON();
  }
}
