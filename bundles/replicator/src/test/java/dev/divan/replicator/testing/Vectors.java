// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.testing;

import dev.divan.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Captured sessions and computed examples, from the test resources. */
public final class Vectors {
  private Vectors() {}

  public static Map<String, ?> file(String name) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) throw new AssertionError("no vector " + name);
      return Json.parseObject(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  public static List<Map<String, ?>> list(Map<String, ?> file, String key) {
    return (List<Map<String, ?>>) file.get(key);
  }

  public static byte[] hex(String text) {
    byte[] bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++)
      bytes[i] = (byte) Integer.parseInt(text, 2 * i, 2 * i + 2, 16);
    return bytes;
  }
}
