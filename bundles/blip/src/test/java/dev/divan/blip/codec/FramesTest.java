// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

public class FramesTest {
  private static final int FLAGS = Flags.MSG;

  /** All of the payload of the frame just opened. */
  public static byte[] payload(FrameReader reader) throws Violation {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    do {
      reader.next();
      all.write(reader.bytes(), reader.from(), reader.length());
    } while (!reader.last());
    return all.toByteArray();
  }

  public static byte[] plain(FrameWriter writer, long number, int flags, byte[] payload) {
    byte[] frame = FrameWriter.open(number, flags, payload.length);
    System.arraycopy(payload, 0, frame, FrameWriter.headerSize(number), payload.length);
    return writer.seal(frame, number);
  }

  @DisplayName("conformance 17: varints up to 2^63-1 (00-unit)")
  @Test
  void varints() throws Exception {
    for (Object o : (List<?>) Json.resource("/vectors/00-unit.json").get("varint")) {
      Map<?, ?> one = (Map<?, ?>) o;
      long value = (Long) one.get("value");
      byte[] hex = Vectors.hex((String) one.get("hex"));
      byte[] written = new byte[hex.length];
      assertEquals(hex.length, Varint.put(written, 0, value));
      assertArrayEquals(hex, written);
      assertEquals(hex.length, Varint.size(value));
      assertEquals(hex.length, Varint.length(hex, 0, hex.length));
      assertEquals(value, Varint.value(hex, 0, hex.length));
    }
  }

  @Test
  void varintsOfAnySizeComeBack() throws Exception {
    Random random = new Random(1);
    byte[] bytes = new byte[12];
    for (int i = 0; i < 20_000; i++) {
      long value = random.nextLong() >>> 1 + random.nextInt(63);
      int end = Varint.put(bytes, 2, value);
      assertEquals(Varint.size(value), end - 2);
      assertEquals(end - 2, Varint.length(bytes, 2, bytes.length));
      assertEquals(value, Varint.value(bytes, 2, end - 2));
    }
  }

  @Test
  void varintsWithoutEndOrTooLongAreRefused() {
    byte[] endless = new byte[20];
    Arrays.fill(endless, (byte) 0x80);
    assertThrows(Violation.class, () -> Varint.length(endless, 0, 20));
    assertThrows(Violation.class, () -> Varint.length(endless, 0, 3));
    assertThrows(Violation.class, () -> Varint.length(endless, 0, 0));
  }

  @DisplayName("conformance 18: a message without properties and body is the payload 00 (00-unit)")
  @Test
  void uncompressedFramesOfTheUnitVectors() throws Exception {
    Map<?, ?> group =
        (Map<?, ?>) Json.resource("/vectors/00-unit.json").get("uncompressedFramesOneDirection");
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader();
    for (Object o : (List<?>) group.get("frames")) {
      Map<?, ?> one = (Map<?, ?>) o;
      byte[] frame = Vectors.hex((String) one.get("frameHex"));
      byte[] payload = Vectors.hex((String) one.get("payloadHex"));
      assertArrayEquals(frame, plain(writer, frame[0], frame[1], payload));
      reader.open(frame.clone());
      assertArrayEquals(payload, payload(reader));
      assertEquals(one.get("runningCrc"), String.format("%08x", reader.crc()));
    }
  }

  @DisplayName("conformance 23: the trailer 00 00 FF FF is cut off and added once per frame")
  @Test
  void compressedFramesOfTheUnitVectors() throws Exception {
    Map<?, ?> group =
        (Map<?, ?>) Json.resource("/vectors/00-unit.json").get("compressedFramesOneDirection");
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader();
    for (Object o : (List<?>) group.get("frames")) {
      Map<?, ?> one = (Map<?, ?>) o;
      byte[] frame = Vectors.hex((String) one.get("frameHex"));
      byte[] payload = Vectors.hex((String) one.get("payloadHex"));
      reader.open(frame.clone());
      assertArrayEquals(payload, payload(reader));
      assertEquals(one.get("runningCrc"), String.format("%08x", reader.crc()));
      // Zlib makes the same bytes of it at level 6, so no trailer is left in ours.
      assertArrayEquals(frame, writer.compressed(frame[0], FLAGS, payload, payload.length, 6));
    }
  }

  @Test
  void acksOfTheUnitVectors() throws Exception {
    List<?> acks = (List<?>) Json.resource("/vectors/00-unit.json").get("ack");
    assertArrayEquals(hex(acks.get(0)), FrameWriter.ack(1, true, 131056));
    assertArrayEquals(hex(acks.get(1)), FrameWriter.ack(300, false, 65528));
    FrameReader reader = new FrameReader();
    reader.open(hex(acks.get(1)));
    assertTrue(reader.ack());
    assertEquals(300, reader.number());
    assertEquals(65528, reader.acknowledged());
  }

  private static byte[] hex(Object one) {
    return Vectors.hex((String) ((Map<?, ?>) one).get("hex"));
  }

  @DisplayName("conformance 20: the checksum runs on across frames of both kinds, not over ACKs")
  @Test
  void checksumRunsOn() throws Exception {
    Random random = new Random(2);
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader();
    java.util.zip.CRC32 all = new java.util.zip.CRC32();
    for (int i = 1; i < 200; i++) {
      byte[] payload = new byte[1 + random.nextInt(3000)];
      random.nextBytes(payload);
      Arrays.fill(payload, 0, payload.length / 2, (byte) i);
      byte[] frame =
          random.nextBoolean()
              ? plain(writer, i, FLAGS, payload)
              : writer.compressed(i, FLAGS, payload, payload.length, 6);
      reader.open(frame);
      assertArrayEquals(payload, payload(reader));
      all.update(payload);
      assertEquals((int) all.getValue(), reader.crc());
      reader.open(FrameWriter.ack(i, false, i));
    }
  }

  @Test
  void compressionLevelsMayChangeFromFrameToFrame() throws Exception {
    Random random = new Random(3);
    FrameWriter writer = new FrameWriter();
    FrameReader reader = new FrameReader();
    for (int i = 1; i < 3000; i++) {
      byte[] payload = new byte[1 + random.nextInt(i % 10 == 0 ? 16_000 : 400)];
      int spread = 1 + random.nextInt(255);
      for (int j = 0; j < payload.length; j++) {
        payload[j] = (byte) random.nextInt(spread);
      }
      int level = random.nextBoolean() ? 1 : 6;
      byte[] frame = writer.compressed(i, FLAGS, payload, payload.length, level);
      assertTrue(frame.length <= FrameWriter.MAX_FRAME);
      reader.open(frame);
      assertArrayEquals(payload, payload(reader), "frame " + i);
    }
  }

  @Test
  void whatDoesNotShrinkStillFitsIntoAFrame() throws Exception {
    Random random = new Random(4);
    FrameWriter writer = new FrameWriter();
    byte[] payload = new byte[FrameWriter.MAX_FRAME - FrameWriter.COMPRESSION_MARGIN];
    for (int i = 0; i < 200; i++) {
      random.nextBytes(payload);
      int level = i % 3 == 0 ? 1 : 6;
      byte[] frame = writer.compressed(Long.MAX_VALUE, FLAGS, payload, payload.length, level);
      assertTrue(frame.length <= FrameWriter.MAX_FRAME);
    }
  }

  @DisplayName("conformance 24: an empty compressed frame is never made and changes nothing")
  @Test
  void emptyCompressedFrames() throws Exception {
    FrameWriter writer = new FrameWriter();
    assertThrows(
        IllegalArgumentException.class, () -> writer.compressed(1, FLAGS, new byte[0], 0, 6));
    byte[] payload = "the same words, the same words".getBytes();
    FrameReader reader = new FrameReader();
    reader.open(writer.compressed(1, FLAGS, payload, payload.length, 6));
    payload(reader);
    byte[] empty = plain(writer, 2, FLAGS, new byte[0]);
    empty[1] |= Flags.COMPRESSED;
    reader.open(empty);
    assertEquals(0, payload(reader).length);
    reader.open(writer.compressed(3, FLAGS, payload, payload.length, 6));
    assertArrayEquals(payload, payload(reader));
  }

  @Test
  void aDeflateStreamMustNotEnd() {
    java.util.zip.Deflater deflater = new java.util.zip.Deflater(6, true);
    deflater.setInput(new byte[100]);
    deflater.finish();
    byte[] frame = new byte[100];
    int n = deflater.deflate(frame, 2, 90);
    deflater.end();
    byte[] cut = Arrays.copyOf(frame, 2 + n + 4);
    cut[0] = 1;
    cut[1] = Flags.COMPRESSED;
    FrameReader reader = new FrameReader();
    assertThrows(
        Violation.class,
        () -> {
          reader.open(cut);
          payload(reader);
        });
  }

  @Test
  void damagedFramesNeverBreakAnythingButTheProtocol() {
    Random random = new Random(5);
    for (int round = 0; round < 4000; round++) {
      FrameWriter writer = new FrameWriter();
      FrameReader reader = new FrameReader();
      List<byte[]> frames = new ArrayList<>();
      for (int i = 1; i < 4; i++) {
        byte[] payload = new byte[1 + random.nextInt(200)];
        Arrays.fill(payload, (byte) random.nextInt());
        frames.add(
            random.nextBoolean()
                ? plain(writer, i, FLAGS, payload)
                : writer.compressed(i, FLAGS, payload, payload.length, 6));
      }
      int victim = random.nextInt(3);
      frames.set(victim, damage(frames.get(victim), random));
      try {
        for (byte[] frame : frames) {
          reader.open(frame);
          if (reader.ack()) {
            reader.acknowledged();
          } else if (!reader.unknown()) {
            payload(reader);
          }
        }
      } catch (Violation expected) {
        assertTrue(expected.getMessage().length() < 124);
      } finally {
        reader.close();
        writer.close();
      }
    }
  }

  private static byte[] damage(byte[] frame, Random random) {
    switch (random.nextInt(3)) {
      case 0:
        frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        return frame;
      case 1:
        return Arrays.copyOf(frame, random.nextInt(frame.length));
      default:
        byte[] noise = new byte[random.nextInt(60)];
        random.nextBytes(noise);
        return noise;
    }
  }
}
