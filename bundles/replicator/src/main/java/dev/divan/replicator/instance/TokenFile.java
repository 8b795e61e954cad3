// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** A token from a file that somebody else renews; read each time it is asked for. */
record TokenFile(Path file) implements Supplier<String> {
  /** Bytes; a token has to fit into a header, and listeners take 8 kB of those. */
  static final int MAX_SIZE = 8 << 10;

  /** The token without the blanks around it. */
  @Override
  public String get() {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_SIZE + 1);
      if (bytes.length > MAX_SIZE)
        throw new IllegalStateException(
            "the token file " + file + " is larger than " + MAX_SIZE + " bytes");
      return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    } catch (IOException e) {
      throw new IllegalStateException("the token file " + file + " cannot be read: " + e, e);
    }
  }
}
