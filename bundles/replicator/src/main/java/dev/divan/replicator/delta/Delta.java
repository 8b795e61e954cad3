// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.delta;

import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies a delta to a JSON object. */
public final class Delta {
  private static final Object ABSENT = new Object();

  private Delta() {}

  /**
   * @param base a JSON object
   * @return the newer object
   * @throws DeltaException if the delta is malformed or does not fit the base
   */
  public static byte[] apply(byte[] base, byte[] delta) throws DeltaException {
    try {
      Object result = patch(Json.parse(base), Json.parse(delta));
      if (!(result instanceof Map)) throw new DeltaException("the result is no object");
      return Json.print(result);
    } catch (JsonException malformed) {
      throw new DeltaException("not JSON");
    }
  }

  private static @Nullable Object patch(@Nullable Object old, @Nullable Object delta)
      throws DeltaException {
    if (delta instanceof List<?> list) return replacement(old, list);
    if (!(delta instanceof Map<?, ?> changes)) return delta;
    if (changes.isEmpty()) {
      if (old == ABSENT) throw new DeltaException("nothing there to leave unchanged");
      return old;
    }
    if (old instanceof Map<?, ?> object) return object(object, changes);
    if (old instanceof List<?> array) return array(array, changes);
    throw new DeltaException("neither object nor array there to change");
  }

  /**
   * {@code []} deletes, {@code [new]} and {@code [old,new]} replace, {@code [old,0,0]} deletes,
   * {@code [ops,0,2]} edits.
   */
  private static @Nullable Object replacement(@Nullable Object old, List<?> delta)
      throws DeltaException {
    switch (delta.size()) {
      case 0:
        if (old == ABSENT) throw new DeltaException("nothing there to delete");
        return ABSENT;
      case 1:
        return delta.get(0);
      case 2:
        return delta.get(1);
      case 3:
        if (Long.valueOf(0).equals(delta.get(2))) return replacement(old, List.of());
        if (Long.valueOf(2).equals(delta.get(2))
            && delta.get(0) instanceof String operations
            && old instanceof String text) return text(text, operations);
        throw new DeltaException("unknown kind of change");
      default:
        throw new DeltaException("unknown kind of change");
    }
  }

  private static Object object(Map<?, ?> old, Map<?, ?> changes) throws DeltaException {
    Map<Object, @Nullable Object> result = new LinkedHashMap<>(old);
    for (Map.Entry<?, ?> change : changes.entrySet()) {
      Object key = change.getKey();
      Object value = patch(old.containsKey(key) ? old.get(key) : ABSENT, change.getValue());
      if (value == ABSENT) result.remove(key);
      else result.put(key, value);
    }
    return result;
  }

  private static Object array(List<?> old, Map<?, ?> changes) throws DeltaException {
    List<@Nullable Object> result = new ArrayList<>(old);
    @Nullable List<?> tail = null;
    int tailFrom = old.size();
    for (Map.Entry<?, ?> change : changes.entrySet()) {
      String key = (String) change.getKey();
      boolean isTail = key.endsWith("-");
      int index = index(isTail ? key.substring(0, key.length() - 1) : key, old.size());
      if (isTail) {
        if (tail != null || !(change.getValue() instanceof List<?> items))
          throw new DeltaException("malformed end of array");
        tail = items;
        tailFrom = index;
      } else {
        if (index >= old.size()) throw new DeltaException("no such item in the array");
        Object value = patch(old.get(index), change.getValue());
        if (value == ABSENT) throw new DeltaException("items can be deleted at the end only");
        result.set(index, value);
      }
    }
    if (tail != null) {
      result.subList(tailFrom, result.size()).clear();
      result.addAll(tail);
    }
    return result;
  }

  private static int index(String digits, int limit) throws DeltaException {
    if (digits.isEmpty()
        || digits.length() > 9
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9'))
      throw new DeltaException("malformed index");
    int index = Integer.parseInt(digits);
    if (index > limit) throw new DeltaException("no such item in the array");
    return index;
  }

  /** {@code n=} copies n bytes, {@code n-} skips n, {@code n+BYTES|} inserts n; on UTF-8. */
  private static String text(String old, String operations) throws DeltaException {
    byte[] from = old.getBytes(StandardCharsets.UTF_8);
    byte[] ops = operations.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length + ops.length];
    int read = 0;
    int written = 0;
    int at = 0;
    while (at < ops.length) {
      long n = 0;
      int digits = at;
      while (at < ops.length && ops[at] >= '0' && ops[at] <= '9' && n <= Integer.MAX_VALUE)
        n = n * 10 + (ops[at++] - '0');
      if (at == digits || at == ops.length || n > Integer.MAX_VALUE)
        throw new DeltaException("malformed text change");
      int count = (int) n;
      switch (ops[at++]) {
        case '=' -> {
          if (count > from.length - read) throw new DeltaException("text change beyond the end");
          System.arraycopy(from, read, to, written, count);
          read += count;
          written += count;
        }
        case '-' -> {
          if (count > from.length - read) throw new DeltaException("text change beyond the end");
          read += count;
        }
        case '+' -> {
          if (count > ops.length - at - 1 || ops[at + count] != '|')
            throw new DeltaException("malformed text change");
          System.arraycopy(ops, at, to, written, count);
          at += count + 1;
          written += count;
        }
        default -> throw new DeltaException("malformed text change");
      }
    }
    if (read != from.length) throw new DeltaException("text change does not fit the text");
    String result = new String(to, 0, written, StandardCharsets.UTF_8);
    byte[] again = result.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(again, 0, again.length, to, 0, written))
      throw new DeltaException("text change splits a character");
    return result;
  }
}
