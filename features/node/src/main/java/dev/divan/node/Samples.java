// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Commented files that say what can be configured, laid into an empty {@code etc}. They take effect
 * once renamed.
 */
final class Samples {
  private static final List<String> NAMES =
      List.of(
          "dev.divan.database-field.cfg.sample",
          "dev.divan.listener-lan.cfg.sample",
          "dev.divan.listener.auth.certificate-devices.cfg.sample",
          "dev.divan.listener.auth.jaas-staff.cfg.sample",
          "dev.divan.listener.auth.password-staff.cfg.sample",
          "dev.divan.replicator-hq.cfg.sample",
          "dev.divan.auth.basic-hq.cfg.sample",
          "dev.divan.auth.bearer-hq.cfg.sample",
          "dev.divan.auth.certificate-hq.cfg.sample",
          "dev.divan.auth.session-hq.cfg.sample",
          "dev.divan.tls.imported-company.cfg.sample",
          "dev.divan.tls.keystore-servers.cfg.sample",
          "dev.divan.tls.selfsigned-gateway.cfg.sample",
          "dev.divan.store.memory-scratch.cfg.sample",
          "dev.divan.store.mvstore-archive.cfg.sample",
          "dev.divan.store.xodus-disk.cfg.sample");

  private Samples() {}

  /** Makes the folder if it is not there; leaves one alone that has anything in it. */
  static void write(Path etc) throws IOException {
    Files.createDirectories(etc);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(etc)) {
      if (files.iterator().hasNext()) return;
    }
    for (String name : NAMES)
      try (InputStream sample = Samples.class.getResourceAsStream("/samples/" + name)) {
        if (sample == null) throw new IOException("the jar lacks samples/" + name);
        Files.copy(sample, etc.resolve(name));
      }
  }
}
