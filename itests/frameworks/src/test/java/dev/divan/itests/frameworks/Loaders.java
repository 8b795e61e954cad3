// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.divan.itests.Await;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Remembers the class loaders that bundles have had, without keeping them. */
final class Loaders {
  /**
   * Compiled code keeps the classes it has taken in as long as a thread is in it, though it be
   * parked: idle threads of others' pools go after a minute, a compiler on a busy machine takes
   * long.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Map<String, WeakReference<ClassLoader>> seen = new LinkedHashMap<>();

  void remember(Bundle bundle, String when) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null && wiring.getClassLoader() != null)
      seen.put(bundle.getSymbolicName() + " " + when, new WeakReference<>(wiring.getClassLoader()));
  }

  /** Those that are still there. */
  List<String> left() {
    return seen.entrySet().stream()
        .filter(each -> each.getValue().get() != null)
        .map(Map.Entry::getKey)
        .toList();
  }

  void awaitGone() throws InterruptedException {
    Await.that(
        PATIENCE,
        () -> {
          distract();
          System.gc();
          return left().isEmpty();
        },
        () ->
            "class loaders of former bundles are still there: "
                + left()
                + "; under compilation: "
                + compiling()
                + dumped()
                + "; after that there are "
                + left());
    seen.clear();
  }

  /** Who holds them is only to be seen in the heap. */
  private static String dumped() {
    Path file = Path.of("target", "loaders-" + System.nanoTime() + ".hprof").toAbsolutePath();
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(file.toString(), true);
      return "; the heap is in " + file;
    } catch (IOException e) {
      return "; the heap cannot be written: " + e;
    }
  }

  /** The compilers hold the classes of what they compile, on a busy machine for long. */
  private static Object compiling() {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "compilerQueue",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      return e;
    }
  }

  private record Own(Loaders any) {}

  /**
   * Java 17 keeps the last type of record that was compared anywhere, for reuse, in {@link
   * ObjectMethods}: one, whosever it is. This makes it one of ours.
   */
  private static void distract() throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle getter = lookup.findGetter(Own.class, "any", Loaders.class);
    try {
      for (String method : List.of("equals", "hashCode", "toString"))
        ObjectMethods.bootstrap(lookup, method, MethodHandle.class, Own.class, "any", getter);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
