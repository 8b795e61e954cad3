// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.database.DivanException;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Version;
import dev.divan.database.revision.VersionVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecordTest {

  @Test
  void theBytesAreAsDocumented() {
    VersionVector vector = VersionVector.of(new Version(0x1234, new UUID(1, 2)));
    byte[] record =
        Record.encode(
            true,
            true,
            300,
            RevID.parse("3-cafe"),
            List.of(RevID.parse("2-be"), RevID.parse("1-ef01")),
            vector,
            "{}".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        "01"
            + "03"
            + "ac02"
            + "03"
            + "02cafe"
            + "02"
            + "02be"
            + "04ef01"
            + "01"
            + "00"
            + "0000000000001234"
            + "00000000000000010000000000000002"
            + "00"
            + "7b7d",
        HexFormat.of().formatHex(record));
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      long generation = 1 + (random.nextLong() >>> 1 + random.nextInt(62));
      RevID revID = new RevID(generation, digest(random));
      List<RevID> history = new ArrayList<>();
      for (int k = random.nextInt(50); k > 0 && generation > 1; k--) {
        long most = generation - 1;
        generation = random.nextInt(10) == 0 ? 1 + (long) (random.nextDouble() * (most - 1)) : most;
        history.add(new RevID(generation, digest(random)));
      }
      List<Version> versions = new ArrayList<>();
      for (int k = random.nextInt(4); k >= 0; k--) {
        versions.add(new Version(random.nextLong(), new UUID(random.nextLong(), k)));
      }
      VersionVector vector = new VersionVector(versions, random.nextInt(versions.size()));
      byte[] body = new byte[random.nextInt(300)];
      random.nextBytes(body);
      long sequence = random.nextLong() >>> 1;
      boolean deleted = random.nextBoolean();
      boolean blobs = random.nextBoolean();

      Record record =
          new Record(Record.encode(deleted, blobs, sequence, revID, history, vector, body));
      assertEquals(deleted, record.deleted());
      assertEquals(blobs, record.hasBlobs());
      assertEquals(sequence, record.sequence());
      assertEquals(revID, record.revID());
      assertEquals(history, record.history());
      assertEquals(vector, record.vector());
      assertArrayEquals(body, record.body());

      ChangeEntry entry =
          ChangeEntry.decode(
              ChangeEntry.encode(
                  deleted, body.length, revID, "döc".getBytes(StandardCharsets.UTF_8)));
      assertEquals(new ChangeEntry(deleted, body.length, revID, "döc"), entry);
      assertEquals(revID, ChangeEntry.decodeRevID(ChangeEntry.encode(revID)));
    }
  }

  @Test
  void aLaterFormatIsNotGuessedAt() {
    assertThrows(DivanException.class, () -> new Record(new byte[] {2, 0, 1, 1, 1, 1}));
  }

  private static byte[] digest(Random random) {
    byte[] digest = new byte[1 + random.nextInt(RevID.MAX_DIGEST)];
    random.nextBytes(digest);
    return digest;
  }
}
