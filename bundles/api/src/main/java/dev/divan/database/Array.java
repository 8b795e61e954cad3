// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON array within a document. Immutable, unless it is a {@link MutableArray}. */
public class Array implements ArrayInterface {
  final List<@Nullable Object> content;
  final @Nullable BlobSource source;

  Array(List<@Nullable Object> content, @Nullable BlobSource source) {
    this.content = content;
    this.source = source;
  }

  @Override
  public int count() {
    return content.size();
  }

  @Override
  public @Nullable Object getValue(int index) {
    return Values.view(content.get(index), source, false);
  }

  @Override
  public List<@Nullable Object> toList() {
    return Values.plainArray(content, source, true);
  }

  @Override
  public String toJSON() {
    return Json.text(plain());
  }

  /** The tree to be printed. */
  List<@Nullable Object> plain() {
    return Values.plainArray(content, source, false);
  }

  /** A copy that can be changed. */
  public MutableArray toMutable() {
    List<@Nullable Object> copy = new ArrayList<>(content);
    copy.replaceAll(Values::detached);
    return new MutableArray(copy, source);
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    Iterator<@Nullable Object> items = content.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return items.hasNext();
      }

      @Override
      public @Nullable Object next() {
        return Values.view(items.next(), source, false);
      }
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Array array && plain().equals(array.plain());
  }

  @Override
  public int hashCode() {
    return content.size();
  }

  @Override
  public String toString() {
    return toJSON();
  }
}
