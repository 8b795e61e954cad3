// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final String BASE64 =
      """
      MIIB0TCCAXigAwIBAgIICnqPeFfprhcwCgYIKoZIzj0EAwIwKzETMBEGA1UECgwK
      RGl2YW4gdGVzdDEUMBIGA1UEAwwLVmVjdG9yIHJvb3QwIBcNMjYxMTIzMjEwNjEz
      WhgPMjEyNjEwMzAyMTA2MTNaMC0xEzARBgNVBAoMCkRpdmFuIHRlc3QxFjAUBgNV
      BAMMDWVjLmRpdmFuLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS39abp
      SF9hsviAhBsjXP2rtmNbw5E3ISYdpbdy0ev5N0jqO78Ikc8aEnJPCoxzHVR5xnL0
      7aK0Sam1ytgzawx3o4GBMH8wHgYDVR0RBBcwFYINZWMuZGl2YW4udGVzdIcECgEC
      AzAdBgNVHSUEFjAUBggrBgEFBQcDAQYIKwYBBQUHAwIwHQYDVR0OBBYEFDKeYnEt
      IXQSHMq6rfonz3CjN4pLMB8GA1UdIwQYMBaAFJ2ESTyMijcfUWVsKWtcavkTApII
      MAoGCCqGSM49BAMCA0cAMEQCIHsuXuDJLHyW3keisTSThxgBGxh0XeUOwD6uV4rt
      U1GwAiB19WuVCGeiz6YB+lTqAWfAP3/GTe1UJbvd3AY22xuWtQ==
      """;

  private static final String PEM =
      "-----BEGIN CERTIFICATE-----\n" + BASE64 + "-----END CERTIFICATE-----\n";

  @TempDir Path directory;

  private static List<String> fingerprints(List<X509Certificate> certificates) {
    return certificates.stream().map(TLSIdentity::fingerprint).toList();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("certificates"), content);
  }

  @Test
  void oneIsReadInEveryForm() throws Exception {
    List<X509Certificate> one = Certificates.parse(PEM);
    byte[] der = one.get(0).getEncoded();
    for (String text :
        List.of(
            PEM.replace("\n", ""),
            PEM.replace("\n", "\r\n"),
            PEM.replace("BEGIN C", "BEGIN TRUSTED C"),
            "Bag Attributes\n" + PEM,
            BASE64,
            Base64.getEncoder().encodeToString(der))) {
      assertEquals(one, Certificates.parse(text), text);
    }
    assertEquals(one, Certificates.read(file(der)));
    assertEquals(one, Certificates.read(file(("Bag Attributes\n" + PEM).getBytes())));
  }

  @Test
  void aPemMayHoldSeveralAndOtherThingsBetween() throws Exception {
    String key = "-----BEGIN PRIVATE KEY-----\nU2VjcmV0\n-----END PRIVATE KEY-----\n";
    assertEquals(2, Certificates.parse(PEM + key + PEM).size());
    assertEquals(2, fingerprints(Certificates.read(file((key + PEM + PEM).getBytes()))).size());
  }

  @Test
  void whatIsNoCertificateIsRefusedInWordsThatDoNotRepeatIt() throws Exception {
    for (String text :
        List.of(
            "",
            "U2VjcmV0",
            "U2VjcmV0!",
            "-----BEGIN PRIVATE KEY-----\nU2VjcmV0\n-----END PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nU2VjcmV0",
            "-----BEGIN CERTIFICATE-----U2VjcmV0-----END CERTIFICATE-----")) {
      assertRefused(assertThrows(IllegalArgumentException.class, () -> Certificates.parse(text)));
      Path file = file(text.getBytes());
      assertRefused(assertThrows(IllegalArgumentException.class, () -> Certificates.read(file)));
    }
  }

  private static void assertRefused(IllegalArgumentException refusal) {
    assertFalse(refusal.getMessage().contains("U2Vj"), refusal.getMessage());
    assertTrue(refusal.getMessage().matches("(it|there) is .*"), refusal.getMessage());
  }

  @Test
  void aFileThatIsNotThereOrOfSillySizeIsNotRead() throws Exception {
    assertThrows(IOException.class, () -> Certificates.read(directory.resolve("none")));
    Path big = file(new byte[Certificates.MAX_FILE + 1]);
    assertEquals(
        "it is larger than 1048576 bytes",
        assertThrows(IllegalArgumentException.class, () -> Certificates.read(big)).getMessage());
  }
}
