// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Changes a JSON array; values as in {@link MutableDictionaryInterface}. */
@ProviderType
public interface MutableArrayInterface extends ArrayInterface {

  MutableArrayInterface setValue(int index, @Nullable Object value);

  MutableArrayInterface addValue(@Nullable Object value);

  MutableArrayInterface insertValue(int index, @Nullable Object value);

  MutableArrayInterface remove(int index);

  MutableArrayInterface setData(List<?> data);

  MutableArrayInterface setJSON(String json);

  default MutableArrayInterface setString(int index, @Nullable String value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setNumber(int index, @Nullable Number value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setInt(int index, int value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setLong(int index, long value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setDouble(int index, double value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setBoolean(int index, boolean value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setDate(int index, @Nullable Date value) {
    return setValue(index, value);
  }

  default MutableArrayInterface setBlob(int index, @Nullable Blob value) {
    return setValue(index, value);
  }

  default MutableArrayInterface addString(@Nullable String value) {
    return addValue(value);
  }

  default MutableArrayInterface addNumber(@Nullable Number value) {
    return addValue(value);
  }

  default MutableArrayInterface addInt(int value) {
    return addValue(value);
  }

  default MutableArrayInterface addLong(long value) {
    return addValue(value);
  }

  default MutableArrayInterface addDouble(double value) {
    return addValue(value);
  }

  default MutableArrayInterface addBoolean(boolean value) {
    return addValue(value);
  }

  default MutableArrayInterface addDate(@Nullable Date value) {
    return addValue(value);
  }

  default MutableArrayInterface addBlob(@Nullable Blob value) {
    return addValue(value);
  }

  default MutableArrayInterface addDictionary(@Nullable Dictionary value) {
    return addValue(value);
  }

  default MutableArrayInterface addArray(@Nullable Array value) {
    return addValue(value);
  }
}
