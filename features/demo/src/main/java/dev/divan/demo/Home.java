// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A node's folder, and the files in it. */
record Home(Path folder) {

  /** Lays it out with what both nodes have: a database, and the application that works on it. */
  static Home make(Path folder, Path application) throws IOException {
    Home home = new Home(folder);
    Files.createDirectories(home.etc());
    Files.createDirectories(folder.resolve("deploy"));
    Files.copy(application, folder.resolve("deploy").resolve("divan-demo.jar"));
    home.configure("dev.divan.database-airports", "name = airports");
    home.configure("airports", "database.target = (name=airports)");
    return home;
  }

  Path etc() {
    return folder.resolve("etc");
  }

  Path log() {
    return folder.resolve("log.txt");
  }

  /** Writes {@code etc/NAME.cfg}; a node that runs takes it up. */
  Path configure(String name, String... lines) throws IOException {
    Path file = etc().resolve(name + ".cfg");
    Path draft = etc().resolve(name + ".draft");
    Files.write(draft, List.of(lines));
    return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
