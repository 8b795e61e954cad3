// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.util.List;
import java.util.Locale;

/** There is room to store what comes. */
public final class DiskRule {
  private static final double MB = 1e6;

  private DiskRule() {}

  public static List<Finding> judge(List<DiskFacts> disks, Thresholds thresholds) {
    if (disks.isEmpty()) return List.of(Finding.ok("no store keeps files"));
    return disks.stream().map(disk -> judge(disk, thresholds)).toList();
  }

  private static Finding judge(DiskFacts disk, Thresholds thresholds) {
    if (disk.failure() != null)
      return Finding.critical(
          disk.directory()
              + " cannot be looked at: "
              + disk.failure()
              + ". Is it mounted, and may this process read it?");
    if (disk.readOnly())
      return Finding.critical(
          disk.directory() + " is on a file system that cannot be written. Mount it for writing.");
    String room =
        String.format(
            Locale.ROOT,
            "%s has %,.0f MB left of %,.0f",
            disk.directory(),
            disk.usable() / MB,
            disk.total() / MB);
    if (disk.usable() < thresholds.diskCritical())
      return Finding.critical(room + ". Make room now: saves will fail soon.");
    if (disk.usable() < thresholds.diskWarning())
      return Finding.warn(room + ". Make room, or move the store's directory.");
    return Finding.ok(room);
  }
}
