// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object that can be changed. For one thread at a time. */
public final class MutableDictionary extends Dictionary
    implements MutableDictionaryInterface<MutableDictionary> {

  public MutableDictionary() {
    this(new LinkedHashMap<>(), null);
  }

  public MutableDictionary(Map<String, ?> data) {
    this(Values.acceptAll(data), null);
  }

  public MutableDictionary(String json) {
    this(Json.parseObject(json), null);
  }

  MutableDictionary(Map<String, @Nullable Object> content, @Nullable BlobSource source) {
    super(content, source);
  }

  /**
   * As in a dictionary; nested dictionaries and arrays are mutable, and changing them changes this.
   */
  @Override
  public @Nullable Object getValue(String key) {
    Object value = content.get(key);
    Object view = Values.view(value, source, true);
    if (view != value) {
      content.put(key, view);
    }
    return view;
  }

  @Override
  public @Nullable MutableDictionary getDictionary(String key) {
    return getValue(key) instanceof MutableDictionary dictionary ? dictionary : null;
  }

  @Override
  public @Nullable MutableArray getArray(String key) {
    return getValue(key) instanceof MutableArray array ? array : null;
  }

  @Override
  public MutableDictionary setValue(String key, @Nullable Object value) {
    content.put(key, Values.accept(value));
    return this;
  }

  @Override
  public MutableDictionary remove(String key) {
    content.remove(key);
    return this;
  }

  @Override
  public MutableDictionary setData(Map<String, ?> data) {
    Map<String, @Nullable Object> accepted = Values.acceptAll(data);
    content.clear();
    content.putAll(accepted);
    return this;
  }

  @Override
  public MutableDictionary setJSON(String json) {
    Map<String, @Nullable Object> parsed = Json.parseObject(json);
    content.clear();
    content.putAll(parsed);
    return this;
  }
}
