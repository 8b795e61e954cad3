// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import java.lang.management.ManagementFactory;
import java.time.Instant;

/** What it runs on. */
final class Machine implements Part {
  @Override
  public Object tell() {
    Runtime jvm = Runtime.getRuntime();
    return new Facts()
        .add("time", Instant.now())
        .add("up since", Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()))
        .add("java", property("java.vendor") + " " + property("java.version"))
        .add("system", property("os.name") + " " + property("os.version"))
        .add("architecture", property("os.arch"))
        .add("processors", jvm.availableProcessors())
        .add("heap bytes", jvm.totalMemory() - jvm.freeMemory())
        .add("heap limit bytes", jvm.maxMemory());
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }
}
