// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What bundles of ours may leave in the JVM. */
final class Traces {
  private static final Pattern OURS =
      Pattern.compile("divan-.*|database.*|.*[Ee]xodus.*|.*JobProcessor.*|qtp.*|Scheduler-.*");

  private Traces() {}

  static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> OURS.matcher(name).matches())
        .sorted()
        .toList();
  }

  /** How many sockets the process has; 0 where there is no /proc to tell. */
  static int sockets() {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) return 0;
    int count = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path each : all) if (leadsToSocket(each)) count++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return count;
  }

  private static boolean leadsToSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  static String stacks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> OURS.matcher(each.getKey().getName()).matches())
        .map(Traces::stack)
        .collect(Collectors.joining("\n"));
  }

  private static String stack(Map.Entry<Thread, StackTraceElement[]> each) {
    return Arrays.stream(each.getValue())
        .map(line -> "\n    at " + line)
        .collect(Collectors.joining("", each.getKey().toString(), ""));
  }
}
