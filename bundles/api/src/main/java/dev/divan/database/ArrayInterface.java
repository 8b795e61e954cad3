// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Reads a JSON array by index, from 0; the getters are lenient as those of a dictionary. */
@ProviderType
public interface ArrayInterface extends Iterable<@Nullable Object> {

  int count();

  /**
   * The value, as {@link DictionaryInterface#getValue} gives it.
   *
   * @throws IndexOutOfBoundsException if there is no such index
   */
  @Nullable Object getValue(int index);

  /** A copy with maps and lists in place of dictionaries and arrays; blobs stay blobs. */
  List<@Nullable Object> toList();

  String toJSON();

  default @Nullable String getString(int index) {
    return getValue(index) instanceof String text ? text : null;
  }

  default @Nullable Number getNumber(int index) {
    return Values.number(getValue(index));
  }

  default int getInt(int index) {
    Number number = getNumber(index);
    return number == null ? 0 : number.intValue();
  }

  default long getLong(int index) {
    Number number = getNumber(index);
    return number == null ? 0 : number.longValue();
  }

  default float getFloat(int index) {
    Number number = getNumber(index);
    return number == null ? 0 : number.floatValue();
  }

  default double getDouble(int index) {
    Number number = getNumber(index);
    return number == null ? 0 : number.doubleValue();
  }

  default boolean getBoolean(int index) {
    return Values.truth(getValue(index));
  }

  default @Nullable Date getDate(int index) {
    Instant instant = Values.instant(getValue(index));
    return instant == null ? null : Date.from(instant);
  }

  default @Nullable Blob getBlob(int index) {
    return getValue(index) instanceof Blob blob ? blob : null;
  }

  default @Nullable Dictionary getDictionary(int index) {
    return getValue(index) instanceof Dictionary dictionary ? dictionary : null;
  }

  default @Nullable Array getArray(int index) {
    return getValue(index) instanceof Array array ? array : null;
  }
}
