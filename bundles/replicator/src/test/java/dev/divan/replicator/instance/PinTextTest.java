// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.Certificates;
import dev.divan.tls.TLSIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinTextTest {
  private static final String OTHER = "0123456789abcdef".repeat(4);

  @TempDir Path directory;
  private String pem;
  private X509Certificate certificate;
  private String sha256;

  @BeforeEach
  void certificate() throws Exception {
    pem = resource("ec.pem");
    certificate = CertificateText.read(pem).iterator().next();
    sha256 = TLSIdentity.fingerprint(certificate);
  }

  private static String resource(String name) throws Exception {
    try (var in = PinTextTest.class.getResourceAsStream("/certificates/" + name)) {
      return new String(in.readAllBytes());
    }
  }

  private static List<String> pins(String text) {
    return List.copyOf(PinText.fingerprints(text));
  }

  @Test
  void aPinIsASha256WithColonsOrCapitalsOrWithout() {
    assertEquals(List.of(OTHER), pins(OTHER));
    assertEquals(List.of(OTHER), pins(OTHER.toUpperCase()));
    assertEquals(List.of(OTHER), pins(" " + OTHER.replaceAll("..(?!$)", "$0:") + " "));
  }

  @Test
  void aPinIsACertificateInAnyForm() throws Exception {
    byte[] der = certificate.getEncoded();
    Path pemFile = Files.writeString(directory.resolve("a,b.pem"), "Bag Attributes\n" + pem);
    Path derFile = Files.write(directory.resolve("x.der"), der);
    for (String text :
        List.of(
            pem,
            pem.replace("\n", ""),
            pem.replace("\n", " "),
            Base64.getEncoder().encodeToString(der),
            Base64.getMimeEncoder().encodeToString(der),
            pemFile.toString(),
            derFile.toString())) {
      assertEquals(List.of(sha256), pins(text), text);
    }
  }

  @Test
  void severalPinsStandBehindOneAnotherAndKeepTheirOrder() throws Exception {
    Path file = Files.writeString(directory.resolve("x.pem"), pem);
    assertEquals(List.of(OTHER, sha256), pins(OTHER + ", " + file + "," + sha256));
    assertEquals(List.of(sha256, OTHER), pins(pem + "," + OTHER));
  }

  @Test
  void aBundlePinsEachOfItsCertificates() throws Exception {
    assertEquals(2, pins(resource("ec-chain.pem")).size());
    assertEquals(sha256, pins(resource("ec-chain.pem")).get(0));
  }

  @Test
  void authoritiesAreReadAsPinsAre() throws Exception {
    Path file = Files.writeString(directory.resolve("root.pem"), resource("root.pem"));
    Set<X509Certificate> root = CertificateText.read(file.toString());
    assertEquals(1, root.size());
    assertEquals(root, CertificateText.read(resource("root.pem") + resource("root.pem")));
    certificate.verify(root.iterator().next().getPublicKey());
  }

  @Test
  void whatIsNoCertificateIsRefusedWithoutRepeatingIt() throws Exception {
    Path key = directory.resolve("key.pem");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nU2VjcmV0\n-----END PRIVATE KEY-----\n");
    for (String text :
        List.of(
            "U2VjcmV0",
            OTHER + "00",
            "/nowhere/U2VjcmV0.pem",
            "öä",
            ",",
            "-----BEGIN CERTIFICATE-----U2VjcmV0-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----U2VjcmV0",
            key.toString())) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> PinText.fingerprints(text))
              .getMessage();
      assertFalse(message.contains("U2VjcmV0"), message);
      assertFalse(message.isBlank(), text);
    }
  }

  @Test
  void aFileOfSillySizeIsNotRead() throws Exception {
    Path file = Files.write(directory.resolve("big.pem"), new byte[Certificates.MAX_FILE + 1]);
    String message =
        assertThrows(IllegalArgumentException.class, () -> PinText.fingerprints(file.toString()))
            .getMessage();
    assertTrue(message.contains("larger than"), message);
  }
}
