// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A document that can be changed and saved. For one thread at a time. */
public final class MutableDocument extends Document
    implements MutableDictionaryInterface<MutableDocument> {

  /** A new document with a random ID. */
  public MutableDocument() {
    this((String) null);
  }

  /**
   * A new document.
   *
   * @param id 1 to 240 bytes of UTF-8 without control characters, not starting with {@code _}; null
   *     for a random one
   */
  public MutableDocument(@Nullable String id) {
    this(orRandom(id), new MutableDictionary());
  }

  public MutableDocument(Map<String, ?> data) {
    this(null, data);
  }

  public MutableDocument(@Nullable String id, Map<String, ?> data) {
    this(orRandom(id), new MutableDictionary(data));
  }

  /**
   * A new document.
   *
   * @throws dev.divan.json.JsonException if it is not a JSON object
   */
  public MutableDocument(@Nullable String id, String json) {
    this(orRandom(id), new MutableDictionary(json));
  }

  MutableDocument(String id, MutableDictionary content) {
    super(id, content);
  }

  private static String orRandom(@Nullable String id) {
    return id == null ? UUID.randomUUID().toString() : id;
  }

  @Override
  MutableDictionary content() {
    return (MutableDictionary) super.content();
  }

  @Override
  public @Nullable MutableDictionary getDictionary(String key) {
    return content().getDictionary(key);
  }

  @Override
  public @Nullable MutableArray getArray(String key) {
    return content().getArray(key);
  }

  @Override
  public MutableDocument setValue(String key, @Nullable Object value) {
    content().setValue(key, value);
    return this;
  }

  @Override
  public MutableDocument remove(String key) {
    content().remove(key);
    return this;
  }

  @Override
  public MutableDocument setData(Map<String, ?> data) {
    content().setData(data);
    return this;
  }

  @Override
  public MutableDocument setJSON(String json) {
    content().setJSON(json);
    return this;
  }
}
