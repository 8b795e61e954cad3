// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.itests.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the process has, so that it can be told whether it has given all of it back. */
record Traces(Set<String> threads, int sockets, long heap, long buffers) {
  /** 4 KB for each of two thousand strangers: a buffer kept for each would be more. */
  private static final long SLACK = 8 << 20;

  static Traces now() {
    Runtime.getRuntime().gc();
    Runtime runtime = Runtime.getRuntime();
    return new Traces(
        threadsNow(), socketsNow(), runtime.totalMemory() - runtime.freeMemory(), buffersNow());
  }

  /** Waits until no more is there than was then. */
  void awaitAgain() throws InterruptedException {
    Await.that(
        () -> {
          Traces now = now();
          return threads.containsAll(now.threads)
              && now.sockets <= sockets
              && now.heap <= heap + SLACK
              && now.buffers <= buffers + SLACK;
        },
        () -> "left behind: " + this + " has become " + now());
  }

  private static Set<String> threadsNow() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Sockets, pipes and files; 0 where there is no /proc to tell. */
  private static int socketsNow() {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) return 0;
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path each : all) if (isSocket(each)) count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  private static long buffersNow() {
    List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
    return pools.stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
