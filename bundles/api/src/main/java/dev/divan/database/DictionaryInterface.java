// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads a JSON object by key. A getter never throws for a value of another type: it returns null,
 * or 0, or false.
 */
@ProviderType
public interface DictionaryInterface extends Iterable<String> {

  /** How many keys there are. */
  int count();

  /** The keys, in the order they are stored. */
  List<String> getKeys();

  boolean contains(String key);

  /**
   * The value: a String, Boolean, Long, BigInteger, Double, {@link Dictionary}, {@link Array} or
   * {@link Blob}; null for a JSON null and for a key that is not there.
   */
  @Nullable Object getValue(String key);

  /** A copy with maps and lists in place of dictionaries and arrays; blobs stay blobs. */
  Map<String, @Nullable Object> toMap();

  String toJSON();

  default @Nullable String getString(String key) {
    return getValue(key) instanceof String text ? text : null;
  }

  /** A number; booleans are 1 and 0. */
  default @Nullable Number getNumber(String key) {
    return Values.number(getValue(key));
  }

  default int getInt(String key) {
    Number number = getNumber(key);
    return number == null ? 0 : number.intValue();
  }

  default long getLong(String key) {
    Number number = getNumber(key);
    return number == null ? 0 : number.longValue();
  }

  default float getFloat(String key) {
    Number number = getNumber(key);
    return number == null ? 0 : number.floatValue();
  }

  default double getDouble(String key) {
    Number number = getNumber(key);
    return number == null ? 0 : number.doubleValue();
  }

  /** False for null, false and 0; true for everything else. */
  default boolean getBoolean(String key) {
    return Values.truth(getValue(key));
  }

  /** A string in ISO 8601, read as a date; without an offset it is taken as UTC. */
  default @Nullable Date getDate(String key) {
    Instant instant = Values.instant(getValue(key));
    return instant == null ? null : Date.from(instant);
  }

  default @Nullable Blob getBlob(String key) {
    return getValue(key) instanceof Blob blob ? blob : null;
  }

  default @Nullable Dictionary getDictionary(String key) {
    return getValue(key) instanceof Dictionary dictionary ? dictionary : null;
  }

  default @Nullable Array getArray(String key) {
    return getValue(key) instanceof Array array ? array : null;
  }
}
