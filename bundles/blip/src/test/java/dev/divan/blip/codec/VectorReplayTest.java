// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VectorReplayTest {

  static List<String> sessions() {
    return Vectors.REPLAYABLE;
  }

  @DisplayName("conformance 19: every frame of every session decodes, with the checksum told")
  @ParameterizedTest
  @MethodSource("sessions")
  void everyFrameDecodes(String session) throws Exception {
    Map<String, FrameReader> readers = new HashMap<>();
    Map<String, ByteArrayOutputStream> messages = new HashMap<>();
    int frames = 0;
    for (Vectors.Event event : Vectors.frames(session)) {
      FrameReader reader = readers.computeIfAbsent(event.stream(), s -> new FrameReader());
      byte[] bytes = event.bytes();
      reader.open(bytes);
      assertEquals(event.get("msgNo"), reader.number(), event::toString);
      if (reader.ack()) {
        assertEquals(event.get("ackBytes"), reader.acknowledged());
        continue;
      }
      if (Boolean.FALSE.equals(event.get("crcOk"))) {
        assertThrows(Violation.class, () -> FramesTest.payload(reader), event::toString);
        continue;
      }
      byte[] payload = FramesTest.payload(reader);
      frames++;
      assertEquals(event.get("decodedLen"), (long) payload.length, event::toString);
      assertEquals(event.get("crc"), String.format("%08x", reader.crc()), event::toString);
      if (event.get("decodedHex") instanceof String hex) {
        assertArrayEquals(Vectors.hex(hex), payload, event::toString);
      }
      String message =
          event.stream() + " " + reader.number() + (reader.type() == Flags.MSG ? "q" : "a");
      messages.computeIfAbsent(message, m -> new ByteArrayOutputStream()).writeBytes(payload);
      if (!reader.moreComing()) {
        byte[] whole = messages.remove(message).toByteArray();
        if (event.get("completesMessage") instanceof Map<?, ?> told && !broken(session, event)) {
          verify(whole, told, event);
        }
      }
    }
    assertTrue(frames > 0);
  }

  /** Session 16 sends property blocks that are none, on purpose. */
  private static boolean broken(String session, Vectors.Event event) {
    return session.startsWith("16") && (event.connection() == 54 || event.connection() == 55);
  }

  private static void verify(byte[] whole, Map<?, ?> told, Vectors.Event event) throws Violation {
    Head head = new Head();
    int body = head.take(whole, 0, whole.length);
    assertTrue(head.complete(), event::toString);
    assertEquals(told.get("bodyLen"), (long) (whole.length - body), event::toString);
    Set<String> keys = new HashSet<>();
    byte[] block = head.block();
    String[] strings = new String(block, java.nio.charset.StandardCharsets.UTF_8).split("\0", -1);
    for (int i = 0; i + 1 < strings.length; i += 2) {
      if (keys.add(strings[i])) {
        assertEquals(((Map<?, ?>) told.get("properties")).get(strings[i]), strings[i + 1]);
      }
    }
    assertEquals(((Map<?, ?>) told.get("properties")).size(), keys.size(), event::toString);
  }

  @DisplayName("conformance 22: the deflate context outlives messages and skips plain frames (08)")
  @Test
  void contextSpansMessages() throws Exception {
    FrameReader reader = new FrameReader();
    int compressed = 0;
    boolean plainBetween = false;
    for (Vectors.Event event : Vectors.frames("08-interleaved")) {
      if (event.stream().equals("1 S->C")) {
        reader.open(event.bytes());
        boolean deflated = (reader.flags() & Flags.COMPRESSED) != 0;
        compressed += deflated ? 1 : 0;
        plainBetween |= !deflated && compressed > 0;
        assertEquals(event.get("decodedLen"), (long) FramesTest.payload(reader).length);
      }
    }
    assertTrue(compressed > 2 && plainBetween);
    // The same frame alone, without the history, cannot be read.
    FrameReader fresh = new FrameReader();
    for (Vectors.Event event : Vectors.frames("08-interleaved")) {
      if (event.stream().equals("1 S->C") && (Long) event.get("n") > 12) {
        fresh.open(event.bytes());
        assertThrows(Violation.class, () -> FramesTest.payload(fresh));
        return;
      }
    }
  }

  @DisplayName("conformance 28: a frame of 245 bytes decodes into 100 kB (07)")
  @Test
  void smallFramesMayHoldMuch() throws Exception {
    Map<String, FrameReader> readers = new HashMap<>();
    long most = 0;
    for (Vectors.Event event : Vectors.frames("07-multiframe-compressed")) {
      FrameReader reader = readers.computeIfAbsent(event.stream(), s -> new FrameReader());
      byte[] bytes = event.bytes();
      reader.open(bytes);
      if (!reader.ack()) {
        int n = FramesTest.payload(reader).length;
        most = Math.max(most, bytes.length < 300 ? n : 0);
      }
    }
    assertTrue(most > 100_000, () -> "no such frame");
    assertFalse(readers.isEmpty());
  }
}
