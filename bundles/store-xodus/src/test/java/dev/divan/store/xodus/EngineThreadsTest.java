// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.store.Space;
import dev.divan.store.StoreException;
import dev.divan.testkit.await.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jetbrains.exodus.core.execution.SharedTimer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class EngineThreadsTest {
  @TempDir Path directory;

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("Exodus") || name.contains("JobProcessor"))
        .sorted()
        .toList();
  }

  @Test
  void noThreadOfXodusOutlivesTheLastSpace() {
    try (XodusStore store = new XodusStore(directory)) {
      Space one = store.open("one");
      Space two = store.open("two");
      one.close();
      assertNotEquals(List.of(), threads());
      two.close();
      assertEquals(List.of(), threads());
    }
  }

  @Test
  void theThreadsWorkAgainWhenASpaceIsOpenedLater() {
    try (XodusStore store = new XodusStore(directory)) {
      for (byte i = 1; i <= 20; i++) {
        byte[] value = {i};
        try (Space space = store.open("one")) {
          space.write(
              transaction -> {
                transaction.put(new byte[] {1}, value);
                return true;
              });
          assertArrayEquals(value, space.read(snapshot -> snapshot.get(new byte[] {1})));
        }
        assertEquals(List.of(), threads());
      }
      try (Space space = store.open("one")) {
        CountDownLatch ticked = new CountDownLatch(1);
        SharedTimer.registerNonExpirablePeriodicTask(
            () -> {
              ticked.countDown();
              return kotlin.Unit.INSTANCE;
            });
        Await.opens(ticked, "a tick of its timer");
      }
    }
  }

  @Test
  void aSpaceThatCannotBeOpenedLeavesNoThread() throws Exception {
    try (XodusStore store = new XodusStore(directory)) {
      Files.createDirectories(directory.resolve("bad"));
      Files.write(directory.resolve("bad/00000000000.xd"), new byte[5000]);
      assertThrows(StoreException.class, () -> store.open("bad"));
      assertEquals(List.of(), threads());
    }
  }
}
