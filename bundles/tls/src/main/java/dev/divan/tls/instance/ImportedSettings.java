// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Settings;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;

/** What a configuration says of an identity made elsewhere. */
final class ImportedSettings {
  /** Bytes of a file read; those who take it allow no more. */
  private static final long MAX_FILE = 1 << 20;

  private ImportedSettings() {}

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static TLSIdentity read(TLSIdentities identities, String label, Settings settings)
      throws IdentityException {
    long given =
        Stream.of("certBase64", "file", "certificateFile")
            .filter(property -> settings.text(property) != null)
            .count();
    if (given != 1) {
      throw settings.fault(
          "give either certBase64 or file (PKCS#12), or certificateFile and keyFile (PEM)");
    }
    char[] password = settings.secret(".password");
    if (settings.text("certificateFile") == null) {
      return identities.importIdentity(label, pkcs12(settings), password);
    }
    String key = settings.text("keyFile") == null ? "certificateFile" : "keyFile";
    return identities.importPem(
        label, bytes(settings, "certificateFile"), bytes(settings, key), password);
  }

  private static byte[] pkcs12(Settings settings) {
    String base64 = settings.text("certBase64");
    if (base64 == null) {
      return bytes(settings, "file");
    }
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw settings.fault("certBase64", "is not Base64", e);
    }
  }

  private static byte[] bytes(Settings settings, String property) {
    String file = settings.required(property, "the path of a file");
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_FILE) {
        throw settings.fault(property, path + " is larger than " + MAX_FILE + " bytes");
      }
      return Files.readAllBytes(path);
    } catch (IOException | InvalidPathException e) {
      throw settings.fault(property, file + " cannot be read: " + e, e);
    }
  }
}
