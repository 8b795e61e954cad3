// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.itests.Await;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles replaced while documents flow; run for each framework. */
abstract class UpdateTest {
  private final Kind kind;
  private @TempDir Path home;

  UpdateTest(Kind kind) {
    this.kind = kind;
  }

  @Test
  void bundlesReplacedUnderTrafficLeaveNothingBehind() throws Exception {
    int rounds = Integer.getInteger("divan.updates." + kind.name().toLowerCase(Locale.ROOT), 5);
    Path data = home.resolve("data");
    List<Integer> ports = Ports.free(2);
    FileChannel.open(Files.createFile(home.resolve("any"))).close();
    // the JVM itself keeps one from its first channel on
    int socketsBefore = Traces.sockets();
    try (Host host = new Host(kind, home.resolve("framework"))) {
      Scene scene = new Scene(host, data, ports);
      scene.replicateOnDisk(data);
      for (Scene.Event each : scene.events()) each.forth().run();
      scene.proveItWorks("before");
      Loaders loaders = new Loaders();
      try (Traffic traffic = new Traffic(host, List.of("office", "branch"))) {
        for (int round = 1; round <= rounds; round++) {
          for (String each : host.ours()) {
            loaders.remember(host.bundle(each), "of round " + round);
            if (round % 2 == 1) host.update(each);
            else host.reinstall(each);
          }
          traffic.awaitMore();
          scene.proveItWorks("round " + round);
          loaders.awaitGone();
        }
        traffic.close();
        traffic.awaitEverywhere();
      }
      assertEquals(List.of(), host.notices());
      for (String each : host.ours()) loaders.remember(host.bundle(each), "at the end");
      host.uninstallParcels();
      for (String each : host.ours()) host.bundle(each).uninstall();
      host.refresh();
      assertEquals(List.of(), host.services());
      Await.that(
          Duration.ofSeconds(20),
          () -> Traces.threads().isEmpty(),
          () -> "left " + Traces.stacks());
      Await.that(
          Duration.ofSeconds(20),
          () -> Traces.sockets() <= socketsBefore,
          () -> "sockets left: " + Traces.sockets() + ", before: " + socketsBefore);
      assertEquals(List.of(), locked(data));
      loaders.awaitGone();
    }
  }

  /** Files that somebody in this JVM or elsewhere has locked. */
  private static List<Path> locked(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).filter(UpdateTest::isLocked).toList();
    }
  }

  private static boolean isLocked(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
