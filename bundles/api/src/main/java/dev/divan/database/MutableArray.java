// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array that can be changed. For one thread at a time. */
public final class MutableArray extends Array implements MutableArrayInterface {

  public MutableArray() {
    this(new ArrayList<>(), null);
  }

  public MutableArray(List<?> data) {
    this(Values.acceptAll(data), null);
  }

  MutableArray(List<@Nullable Object> content, @Nullable BlobSource source) {
    super(content, source);
  }

  /** As in an array; nested dictionaries and arrays are mutable, and changing them changes this. */
  @Override
  public @Nullable Object getValue(int index) {
    Object value = content.get(index);
    Object view = Values.view(value, source, true);
    if (view != value) {
      content.set(index, view);
    }
    return view;
  }

  @Override
  public @Nullable MutableDictionary getDictionary(int index) {
    return getValue(index) instanceof MutableDictionary dictionary ? dictionary : null;
  }

  @Override
  public @Nullable MutableArray getArray(int index) {
    return getValue(index) instanceof MutableArray array ? array : null;
  }

  @Override
  public MutableArray setValue(int index, @Nullable Object value) {
    content.set(index, Values.accept(value));
    return this;
  }

  @Override
  public MutableArray addValue(@Nullable Object value) {
    content.add(Values.accept(value));
    return this;
  }

  @Override
  public MutableArray insertValue(int index, @Nullable Object value) {
    content.add(index, Values.accept(value));
    return this;
  }

  @Override
  public MutableArray remove(int index) {
    content.remove(index);
    return this;
  }

  @Override
  public MutableArray setData(List<?> data) {
    List<@Nullable Object> accepted = Values.acceptAll(data);
    content.clear();
    content.addAll(accepted);
    return this;
  }

  @Override
  public MutableArray setJSON(String json) {
    if (!(Json.parse(json) instanceof List<?> parsed)) {
      throw new JsonException("not a JSON array", 0);
    }
    content.clear();
    content.addAll(parsed);
    return this;
  }
}
