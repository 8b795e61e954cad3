// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Much data through little memory. The long form: {@code -Ddivan.documents=1000000
 * -Ddivan.blobMB=1024 -Ddivan.patience=3600}, with 128 MB each; the short form has less of both.
 */
class LittleMemoryTest {
  private static final int DOCUMENTS = Integer.getInteger("divan.documents", 40_000);
  private static final int BLOB_MB = Integer.getInteger("divan.blobMB", 100);
  private static final String HEAP = DOCUMENTS >= 1_000_000 ? "-Xmx128m" : "-Xmx64m";

  @TempDir Path folder;

  @Test
  void manyDocumentsArePulledAndPushedInLittleMemory() throws Exception {
    try (Life passive = new Life(folder.resolve("passive"), HEAP);
        Life puller = new Life(folder.resolve("puller"), HEAP);
        Life pusher = new Life(folder.resolve("pusher"), HEAP)) {
      pusher.ask("fill " + DOCUMENTS, "filled");
      String url = passive.ask("listen 0", "listening").substring("listening ".length());
      done(pusher.ask("push " + url, "done"));
      done(puller.ask("pull " + url, "done"));
      String pushed = pusher.ask("digest", "digest");
      assertTrue(pushed.startsWith("digest " + DOCUMENTS + " "), pushed);
      assertEquals(pushed, puller.ask("digest", "digest"));
    }
  }

  @Test
  void aBlobLargerThanTheMemoryIsPushedAndPulled() throws Exception {
    try (Life passive = new Life(folder.resolve("passive"), HEAP);
        Life puller = new Life(folder.resolve("puller"), HEAP);
        Life pusher = new Life(folder.resolve("pusher"), HEAP)) {
      pusher.ask("blob " + ((long) BLOB_MB << 20), "filled");
      String url = passive.ask("listen 0", "listening").substring("listening ".length());
      done(pusher.ask("push " + url, "done"));
      done(puller.ask("pull " + url, "done"));
      assertEquals(pusher.ask("digest", "digest"), puller.ask("digest", "digest"));
    }
  }

  private static void done(String line) {
    assertTrue(line.contains("error=null"), line);
  }
}
