// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bytes to write, and readable forms of bytes read. */
final class Bytes {
  private Bytes() {}

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }

  static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Keys that a careless comparison puts in the wrong order, shuffled. */
  static List<byte[]> nastyKeys() {
    int[] edges = {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
    List<byte[]> keys = new ArrayList<>();
    for (int a : edges) {
      keys.add(new byte[] {(byte) a});
      for (int b : edges) {
        keys.add(new byte[] {(byte) a, (byte) b});
        keys.add(new byte[] {(byte) a, (byte) b, 0});
        keys.add(new byte[] {'k', (byte) a, (byte) b, (byte) 0xff});
      }
    }
    byte[] longest = new byte[1024];
    Arrays.fill(longest, (byte) 0xff);
    keys.add(longest);
    keys.add(Arrays.copyOf(longest, 1023));
    keys.add(new byte[1024]);
    keys.add(new byte[1023]);
    Collections.shuffle(keys, new Random(1));
    return keys;
  }

  static TreeMap<byte[], byte[]> model() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  /** What a scan gives, in its order, in hex. */
  static Map<String, String> scan(Snapshot snapshot, byte[] from, byte @Nullable [] to) {
    Map<String, String> entries = new LinkedHashMap<>();
    try (Cursor cursor = snapshot.scan(from, to)) {
      while (cursor.next()) {
        if (entries.put(hex(cursor.key()), hex(cursor.value())) != null) {
          throw new AssertionError("Key met twice: " + hex(cursor.key()));
        }
      }
      if (cursor.next()) {
        throw new AssertionError("The cursor came back to life after its end");
      }
    }
    return entries;
  }

  static Map<String, String> scan(Snapshot snapshot) {
    return scan(snapshot, new byte[0], null);
  }

  /** The same form of a model; equal maps print alike, and their order is compared as a list. */
  static Map<String, String> hex(Map<byte[], byte[]> model) {
    Map<String, String> entries = new LinkedHashMap<>();
    model.forEach((key, value) -> entries.put(hex(key), hex(value)));
    return entries;
  }

  /** Asserts equal entries in equal order. */
  static void assertSame(Map<byte[], byte[]> expected, Map<String, String> actual) {
    assertSame(expected, actual, "");
  }

  static void assertSame(Map<byte[], byte[]> expected, Map<String, String> actual, String where) {
    assertEquals(List.copyOf(hex(expected).entrySet()), List.copyOf(actual.entrySet()), where);
  }
}
