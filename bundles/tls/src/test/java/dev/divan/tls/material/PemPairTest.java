// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.IdentityException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemPairTest {
  private static KeyMaterial read(String certificates, String key, String password)
      throws Exception {
    return PemPair.read(
        "gate", Vectors.bytes(certificates), Vectors.bytes(key), password.toCharArray());
  }

  private static String refusal(String certificates, String key, String password) {
    return assertThrows(IdentityException.class, () -> read(certificates, key, password))
        .getMessage();
  }

  private static byte[] joined(String... names) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.write(Vectors.bytes(name));
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec.key", "ec.pkcs8.key", "rsa.key", "rsa.pkcs8.key"})
  void aKeyIsReadAsPkcs8OrAsItsKindWritesIt(String key) throws Exception {
    String kind = key.substring(0, key.indexOf('.'));
    KeyMaterial material = read(kind + ".pem", key, "");
    assertEquals(kind.toUpperCase(), material.key().getAlgorithm());
    assertEquals(List.of(Vectors.certificate(kind + ".pem")), material.chain());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec.pkcs8-aes.key",
        "ec.pkcs8-aes128-sha1.key",
        "ec.pkcs8-3des.key",
        "rsa.pkcs8-aes.key"
      })
  void anEncryptedKeyNeedsItsPassword(String key) throws Exception {
    String certificate = key.substring(0, key.indexOf('.')) + ".pem";
    assertEquals(1, read(certificate, key, Vectors.PASSWORD).chain().size());
    assertEquals(
        "the password for the private key of gate is wrong", refusal(certificate, key, "falsch"));
    assertTrue(refusal(certificate, key, "").endsWith("is encrypted: set .password"));
  }

  @ParameterizedTest
  @CsvSource({"rsa.pem,rsa.pkcs1-aes.key", "ec.pem,ec.pkcs8-scrypt.key"})
  void anEncryptionWeDoNotReadIsRefusedWithTheCommandToRun(String certificate, String key) {
    String message = refusal(certificate, key, Vectors.PASSWORD);
    assertTrue(message.contains("openssl pkcs8 -topk8 -v2 aes-256-cbc"), message);
  }

  @Test
  void theChainIsPutInOrderAndStrangersAreLeftOut() throws Exception {
    KeyMaterial material =
        PemPair.read(
            "gate", joined("root.pem", "rsa.pem", "ec.pem"), Vectors.bytes("ec.key"), new char[0]);
    assertEquals(
        List.of(Vectors.certificate("ec.pem"), Vectors.certificate("root.pem")), material.chain());
  }

  @Test
  void bothMayBeInOneFile() throws Exception {
    byte[] both = joined("ec.key", "ec-chain.pem");
    assertEquals(2, PemPair.read("gate", both, both, new char[0]).chain().size());
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() {
    String message = refusal("rsa.pem", "ec.key", "");
    assertTrue(message.contains("belongs to its private key"), message);
    assertTrue(message.contains("CN=rsa.divan.test"), message);
    assertTrue(refusal("root.pem", "ec.key", "").contains("CN=Vector root"));
  }

  @Test
  void whatLacksCertificateOrKeyIsNamed() {
    assertTrue(refusal("ec.key", "ec.key", "").contains("no -----BEGIN CERTIFICATE-----"));
    assertTrue(refusal("ec.pem", "ec.pem", "").contains("no -----BEGIN PRIVATE KEY-----"));
    assertTrue(refusal("openssl3.p12", "ec.key", "").contains("as certificates for gate"));
  }

  @Test
  void damagedPemIsRefused() throws Exception {
    byte[] damaged =
        new String(Vectors.bytes("ec.pem"), StandardCharsets.US_ASCII)
            .replaceFirst("MII.", "AAAA")
            .getBytes(StandardCharsets.US_ASCII);
    IdentityException refused =
        assertThrows(
            IdentityException.class,
            () -> PemPair.read("gate", damaged, Vectors.bytes("ec.key"), new char[0]));
    assertTrue(refused.getMessage().contains("certificates for gate"), refused.getMessage());
  }
}
