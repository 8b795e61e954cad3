// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.local.LocalDatabase;
import dev.divan.itests.Await;
import dev.divan.store.xodus.XodusStore;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of either side in the middle of a sync. More kills: {@code -Ddivan.kills=20}. */
class KillTest {
  private static final int KILLS = Integer.getInteger("divan.kills", 4);

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsOnBothSidesAfterEitherWasKilledAgainAndAgain() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String listen = "listen " + port;
    String dial = "dial ws://127.0.0.1:" + port + "/db";
    Random random = new Random(42);
    List<String> written = new java.util.ArrayList<>();
    try (Life passive = new Life(folder.resolve("passive"));
        Life active = new Life(folder.resolve("active"))) {
      passive.ask(listen, "listening");
      active.say(dial);
      for (int round = 0; round < KILLS; round++) {
        passive.say("write P" + round);
        active.say("write A" + round);
        Life victim = round % 2 == 0 ? active : passive;
        victim.awaitAcknowledgements(200 + random.nextInt(400));
        LockSupport.parkNanos(random.nextInt(50_000_000));
        victim.killAndBegin();
        if (victim == passive) passive.ask(listen, "listening");
        else active.say(dial);
        (victim == passive ? active : passive).ask("quiet", "quiet");
      }
      Await.that(
          Duration.ofSeconds(120),
          () -> passive.ask("digest", "digest").equals(active.ask("digest", "digest")),
          () -> "the two sides never became equal");
      written.addAll(passive.end());
      written.addAll(active.end());
    }
    Contents passive = contents(folder.resolve("passive"));
    Contents active = contents(folder.resolve("active"));
    assertEquals(passive.revisions(), active.revisions());
    assertTrue(written.size() > 100 * KILLS, "too few writes to mean anything");
    for (String id : written)
      assertTrue(passive.revisions().containsKey(id), "acknowledged and lost: " + id);
  }

  private static Contents contents(Path directory) {
    try (XodusStore store = new XodusStore(directory);
        LocalDatabase database = new LocalDatabase("db", store)) {
      return Contents.of(database.getDefaultCollection());
    }
  }
}
