// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.Date;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes a JSON object. Values may be strings, booleans, numbers, dates, {@link
 * java.time.Instant}s, blobs, dictionaries, arrays, maps, lists and null; maps and lists are
 * copied.
 *
 * @param <T> what the setters return: the object itself
 */
@ProviderType
public interface MutableDictionaryInterface<T> extends DictionaryInterface {

  /**
   * Sets a value.
   *
   * @throws IllegalArgumentException for a value of a type that JSON cannot express
   */
  T setValue(String key, @Nullable Object value);

  T remove(String key);

  /** Replaces the whole content. */
  T setData(Map<String, ?> data);

  /**
   * Replaces the whole content.
   *
   * @throws dev.divan.json.JsonException if it is not a JSON object
   */
  T setJSON(String json);

  default T setString(String key, @Nullable String value) {
    return setValue(key, value);
  }

  default T setNumber(String key, @Nullable Number value) {
    return setValue(key, value);
  }

  default T setInt(String key, int value) {
    return setValue(key, value);
  }

  default T setLong(String key, long value) {
    return setValue(key, value);
  }

  default T setFloat(String key, float value) {
    return setValue(key, value);
  }

  default T setDouble(String key, double value) {
    return setValue(key, value);
  }

  default T setBoolean(String key, boolean value) {
    return setValue(key, value);
  }

  default T setDate(String key, @Nullable Date value) {
    return setValue(key, value);
  }

  default T setBlob(String key, @Nullable Blob value) {
    return setValue(key, value);
  }

  default T setDictionary(String key, @Nullable Dictionary value) {
    return setValue(key, value);
  }

  default T setArray(String key, @Nullable Array value) {
    return setValue(key, value);
  }
}
