// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** The first message of a replicator, {@code getCollections}, as one frame; and its answer. */
final class Question {
  private static final int RESPONSE = 1;
  private static final int ERROR = 2;
  private static final int COMPRESSED = 0x08;
  private static final int MORE_COMING = 0x40;

  /** Names no checkpoint that a replicator would have. */
  private static final String CHECKPOINT = "divan-doctor";

  private Question() {}

  /**
   * What the peer said.
   *
   * @param error in its words, with domain and code; null if it answered
   * @param code of the error
   * @param present for each collection asked about, whether it is shared; empty with an error
   */
  record Reply(@Nullable String error, String code, List<Boolean> present) {}

  static byte[] about(List<String> collections) {
    List<String> names =
        collections.stream()
            .map(name -> name.startsWith("_default.") ? name.substring(9) : name)
            .toList();
    List<String> checkpoints = names.stream().map(name -> CHECKPOINT).toList();
    byte[] body = Json.print(Map.of("checkpoint_ids", checkpoints, "collections", names));
    byte[] properties = "Profile\0getCollections\0".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.write(properties.length);
    payload.writeBytes(properties);
    payload.writeBytes(body);
    CRC32 crc = new CRC32();
    crc.update(payload.toByteArray());
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(1);
    frame.write(0);
    frame.writeBytes(payload.toByteArray());
    frame.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    return frame.toByteArray();
  }

  /**
   * @return null if the frame is of another message
   * @throws IOException if it cannot be understood
   */
  static @Nullable Reply read(byte[] frame) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(frame);
    try {
      int number = varint(in);
      int flags = varint(in);
      int type = flags & 7;
      if (number != 1 || (type != RESPONSE && type != ERROR)) return null;
      if ((flags & (COMPRESSED | MORE_COMING)) != 0)
        throw new IOException("its answer is longer than this doctor reads");
      byte[] block = new byte[varint(in)];
      in.get(block);
      byte[] body = new byte[in.remaining() - 4];
      in.get(body);
      return type == ERROR ? error(properties(block), body) : answer(body);
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException | JsonException e) {
      throw new IOException("its answer is no BLIP message", e);
    }
  }

  private static Reply error(Map<String, String> properties, byte[] body) {
    String code =
        properties.getOrDefault("Error-Domain", "BLIP")
            + "/"
            + properties.getOrDefault("Error-Code", "0");
    return new Reply(new String(body, StandardCharsets.UTF_8), code, List.of());
  }

  private static Reply answer(byte[] body) throws IOException {
    if (Json.parse(body) instanceof List<?> items)
      return new Reply(null, "", items.stream().map(item -> item != null).toList());
    throw new IOException("its answer is no list of collections");
  }

  private static Map<String, String> properties(byte[] block) {
    List<String> strings = Arrays.asList(new String(block, StandardCharsets.UTF_8).split("\0", -1));
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i + 1 < strings.size(); i += 2)
      properties.put(strings.get(i), strings.get(i + 1));
    return properties;
  }

  private static int varint(ByteBuffer in) throws IOException {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      int next = in.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        if (value > in.capacity() + 0xffff) throw new IOException("its answer is no BLIP message");
        return value;
      }
    }
    throw new IOException("its answer is no BLIP message");
  }
}
