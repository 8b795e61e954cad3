// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Objects;

/** Files made by OpenSSL and keytool; the script beside them says how. */
public final class Vectors {
  public static final String PASSWORD = "geheim";

  private Vectors() {}

  public static byte[] bytes(String name) throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  public static Path file(Path directory, String name) throws IOException {
    return Files.write(directory.resolve(name), bytes(name));
  }

  public static X509Certificate certificate(String name) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes(name)));
  }
}
