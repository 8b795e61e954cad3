// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.move.Whereabouts.Memory;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the bundle's data area in which store a database was last open. A help to wait for
 * the right store at the start, and not the truth: that is in the stores. If it is gone, or cannot
 * be written, nothing is lost.
 */
final class MemoryFile {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.database");

  private final @Nullable Path file;

  MemoryFile(BundleContext context, String database) {
    // In hexadecimal, because file systems fold case.
    String name = HexFormat.of().formatHex(database.getBytes(StandardCharsets.UTF_8));
    File area = context.getDataFile("whereabouts/" + name);
    this.file = area == null ? null : area.toPath();
  }

  @Nullable Memory read() {
    if (file == null) {
      return null;
    }
    Properties stored = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      stored.load(in);
      return new Memory(
          stored.getProperty("store", ""),
          UUID.fromString(stored.getProperty("uuid", "")),
          Long.parseLong(stored.getProperty("generation", "")));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} cannot be read; the store configured is taken for the right one", file, e);
      return null;
    }
  }

  /** Remembers; null forgets. */
  void write(@Nullable Memory memory) {
    if (file == null) {
      return;
    }
    try {
      if (memory == null) {
        Files.deleteIfExists(file);
      } else if (!memory.equals(read())) {
        replace(file, memory);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} cannot be written", file, e);
    }
  }

  private static void replace(Path file, Memory memory) throws IOException {
    Properties stored = new Properties();
    stored.setProperty("store", memory.store());
    stored.setProperty("uuid", memory.uuid().toString());
    stored.setProperty("generation", String.valueOf(memory.generation()));
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
      stored.store(out, null);
      out.getFD().sync();
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
