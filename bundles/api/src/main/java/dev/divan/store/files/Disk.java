// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Steps on folders that survive a loss of power and an interrupt of the caller. */
public final class Disk {
  private static final boolean FOLDERS_CAN_BE_SYNCED = File.separatorChar == '/';

  private Disk() {}

  /** Makes the names in a folder durable, where the system can; elsewhere does nothing. */
  public static void sync(Path folder) throws IOException {
    if (!FOLDERS_CAN_BE_SYNCED) {
      return;
    }
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          // An interrupt closes a channel, whatever it was doing: once more, with a new one.
          continue;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Creates a folder and those above it, and makes its name durable if it was not there. */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        sync(parent);
      }
    }
  }

  /** Deletes a file, or a folder with all it holds; one that is not there is as good. */
  public static void deleteAll(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
