// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.instance.Settings;
import dev.divan.tls.Certificates;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The certificates a property lists: PEM, inline or in files, several in one; or DER in a file. */
final class Roots {
  private Roots() {}

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static List<X509Certificate> of(Settings settings, String property) {
    List<X509Certificate> roots = new ArrayList<>();
    for (String each : settings.list(property)) {
      try {
        roots.addAll(
            Certificates.isPem(each) ? Certificates.parse(each) : Certificates.read(Path.of(each)));
      } catch (IllegalArgumentException e) {
        String which = Certificates.isPem(each) ? "" : each + ": ";
        throw settings.fault(property, "cannot be read: " + which + e.getMessage(), e);
      } catch (IOException e) {
        throw settings.fault(property, each + " cannot be read: " + e, e);
      }
    }
    if (roots.isEmpty()) {
      throw settings.fault(property, "has no certificate");
    }
    return roots;
  }

  /**
   * The files among them.
   *
   * @throws IllegalArgumentException naming instance and property
   */
  static List<Path> files(Settings settings, String property) {
    List<Path> files = new ArrayList<>();
    for (String each : settings.list(property)) {
      try {
        if (!Certificates.isPem(each)) {
          files.add(Path.of(each));
        }
      } catch (InvalidPathException e) {
        throw settings.fault(property, each + " is no file: " + e.getMessage(), e);
      }
    }
    return files;
  }
}
