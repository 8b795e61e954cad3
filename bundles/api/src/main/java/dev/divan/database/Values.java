// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import dev.divan.json.Json;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three forms of a value and the ways between them: <em>raw</em> as parsed from JSON, the
 * <em>view</em> an application gets, and the <em>plain</em> tree that is printed.
 */
final class Values {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private Values() {}

  /** From raw to view; what is no raw object or array is returned as it is. */
  static @Nullable Object view(
      @Nullable Object value, @Nullable BlobSource source, boolean mutable) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> object = object(map);
      if (Blob.isBlob(object)) {
        return new Blob(object, source);
      }
      return mutable
          ? new MutableDictionary(new LinkedHashMap<>(object), source)
          : new Dictionary(object, source);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> array = array(list);
      return mutable ? new MutableArray(new ArrayList<>(array), source) : new Array(array, source);
    }
    return value;
  }

  /** From what an application sets to what is kept: raw scalars and mutable views. */
  static @Nullable Object accept(@Nullable Object value) {
    return accept(value, 0);
  }

  private static @Nullable Object accept(@Nullable Object value, int depth) {
    // A list that contains itself would never end.
    if (depth > Json.MAX_DEPTH) {
      throw new IllegalArgumentException("nested too deep");
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double
        || value instanceof BigInteger
        || value instanceof Blob
        || value instanceof MutableDictionary
        || value instanceof MutableArray) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float) {
      // By its digits, so that 1.1f is not stored as 1.10000002384185791015625.
      return Double.valueOf(value.toString());
    }
    if (value instanceof Date date) {
      return ISO.format(date.toInstant());
    }
    if (value instanceof Instant instant) {
      return ISO.format(instant);
    }
    if (value instanceof Dictionary dictionary) {
      return dictionary.toMutable();
    }
    if (value instanceof Array array) {
      return array.toMutable();
    }
    if (value instanceof Map<?, ?> map) {
      return new MutableDictionary(acceptAll(map, depth + 1), null);
    }
    if (value instanceof List<?> list) {
      return new MutableArray(acceptAll(list, depth + 1), null);
    }
    throw new IllegalArgumentException("not a value of a document: " + value.getClass().getName());
  }

  static Map<String, @Nullable Object> acceptAll(Map<?, ?> map) {
    return acceptAll(map, 0);
  }

  static List<@Nullable Object> acceptAll(List<?> list) {
    return acceptAll(list, 0);
  }

  private static Map<String, @Nullable Object> acceptAll(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> accepted = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new IllegalArgumentException("a key that is not a string");
          }
          accepted.put(name, accept(value, depth));
        });
    return accepted;
  }

  private static List<@Nullable Object> acceptAll(List<?> list, int depth) {
    List<@Nullable Object> accepted = new ArrayList<>();
    for (Object value : list) {
      accepted.add(accept(value, depth));
    }
    return accepted;
  }

  /** To what is printed, or with blobs kept as blobs. */
  static Map<String, @Nullable Object> plainObject(
      Map<String, @Nullable Object> content, @Nullable BlobSource source, boolean keepBlobs) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    content.forEach((key, item) -> copy.put(key, plain(item, source, keepBlobs, 1)));
    return copy;
  }

  /** To what is printed, or with blobs kept as blobs. */
  static List<@Nullable Object> plainArray(
      List<@Nullable Object> content, @Nullable BlobSource source, boolean keepBlobs) {
    List<@Nullable Object> copy = new ArrayList<>(content.size());
    for (Object item : content) {
      copy.add(plain(item, source, keepBlobs, 1));
    }
    return copy;
  }

  /** A copy that shares nothing that can be changed; raw values never are. */
  static @Nullable Object detached(@Nullable Object value) {
    if (value instanceof Dictionary dictionary) {
      return dictionary.toMutable();
    }
    return value instanceof Array array ? array.toMutable() : value;
  }

  private static @Nullable Object plain(
      @Nullable Object value, @Nullable BlobSource source, boolean keepBlobs, int depth) {
    if (value instanceof Dictionary dictionary) {
      return plain(dictionary.content, dictionary.source, keepBlobs, depth);
    }
    if (value instanceof Array array) {
      return plain(array.content, array.source, keepBlobs, depth);
    }
    if (value instanceof Blob blob) {
      return keepBlobs ? blob : blob.dictionary();
    }
    if ((value instanceof Map || value instanceof List) && depth >= Json.MAX_DEPTH) {
      throw new InvalidDocumentException("the document is nested too deep");
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> object = object(map);
      if (keepBlobs && Blob.isBlob(object)) {
        return new Blob(object, source);
      }
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      object.forEach((key, item) -> copy.put(key, plain(item, source, keepBlobs, depth + 1)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copy = new ArrayList<>(list.size());
      for (Object item : list) {
        copy.add(plain(item, source, keepBlobs, depth + 1));
      }
      return copy;
    }
    return value;
  }

  /** The blobs set by an application anywhere in a value. */
  static void collectBlobs(@Nullable Object value, List<Blob> found) {
    if (value instanceof Blob blob) {
      found.add(blob);
    } else if (value instanceof MutableDictionary dictionary) {
      dictionary.content.values().forEach(item -> collectBlobs(item, found));
    } else if (value instanceof MutableArray array) {
      array.content.forEach(item -> collectBlobs(item, found));
    }
  }

  static @Nullable Number number(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    return value instanceof Number number ? number : null;
  }

  static boolean truth(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return value != null && !Boolean.FALSE.equals(value);
  }

  static @Nullable Instant instant(@Nullable Object value) {
    if (!(value instanceof String text)) {
      return null;
    }
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean offset = text.endsWith("Z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > 10;
      return offset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notADate) {
      return null;
    }
  }

  @SuppressWarnings("unchecked") // all maps in here come from Json or acceptAll
  static Map<String, @Nullable Object> object(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  @SuppressWarnings("unchecked")
  static List<@Nullable Object> array(List<?> list) {
    return (List<@Nullable Object>) list;
  }
}
