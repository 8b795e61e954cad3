// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.IdentityException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PBMAC1Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pkcs12Test {
  private static KeyMaterial read(String file, String password) throws Exception {
    return Pkcs12.read("gate", Vectors.bytes(file), password.toCharArray());
  }

  private static String refusal(byte[] pkcs12, String password) {
    return assertThrows(
            IdentityException.class, () -> Pkcs12.read("gate", pkcs12, password.toCharArray()))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "openssl3.p12",
        "openssl3-nameless.p12",
        "openssl3-nomac.p12",
        "openssl11.p12",
        "openssl11-descert.p12",
        "macos.p12",
        "keytool.p12",
        "keytool-legacy.p12"
      })
  void whatOthersWriteIsReadWithItsChain(String file) throws Exception {
    KeyMaterial material = read(file, Vectors.PASSWORD);
    assertEquals(
        List.of(Vectors.certificate("ec.pem"), Vectors.certificate("root.pem")), material.chain());
    assertEquals("EC", material.key().getAlgorithm());
  }

  @Test
  void rsaIsReadAsWell() throws Exception {
    KeyMaterial material = read("openssl11-rsa.p12", Vectors.PASSWORD);
    assertEquals(List.of(Vectors.certificate("rsa.pem")), material.chain());
    assertEquals("RSA", material.key().getAlgorithm());
  }

  @Test
  void thePasswordMayBeEmpty() throws Exception {
    assertEquals(2, read("openssl3-empty-password.p12", "").chain().size());
  }

  @Test
  void aPasswordTheJvmCannotUseIsToldAsSuch() throws Exception {
    String message = refusal(Vectors.bytes("openssl3-umlaut.p12"), "geheïm-ß");
    assertTrue(message.contains("letters beyond ASCII"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openssl3.p12", "openssl11.p12", "macos.p12", "keytool.p12"})
  void aWrongPasswordIsToldAsSuch(String file) throws Exception {
    for (String wrong : List.of("falsch", "")) {
      assertEquals(
          "the password for the PKCS#12 of gate is wrong", refusal(Vectors.bytes(file), wrong));
    }
  }

  @Test
  void anUnencryptedKeyIsRefusedWithTheCommandToRun() throws Exception {
    String message = refusal(Vectors.bytes("openssl3-clear.p12"), Vectors.PASSWORD);
    assertTrue(message.contains("holds it unencrypted"), message);
    assertTrue(message.contains("openssl pkcs12 -in old.p12 -nodes"), message);
  }

  @Test
  void aMacThisJvmDoesNotKnowIsRefusedWithTheCommandToRun() throws Exception {
    // as OpenSSL 3.4 writes with -pbmac1_pbkdf2 (RFC 9579); what the MAC is does not matter
    Pfx plain = Pfx.getInstance(Vectors.bytes("openssl3.p12"));
    AlgorithmIdentifier sha256 =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE);
    AlgorithmIdentifier pbmac1 =
        new AlgorithmIdentifier(
            PKCSObjectIdentifiers.id_PBMAC1,
            new PBMAC1Params(
                new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_PBKDF2,
                    new PBKDF2Params(new byte[8], 2048, 32, sha256)),
                sha256));
    MacData mac = new MacData(new DigestInfo(pbmac1, new byte[32]), new byte[8], 1);
    String message = refusal(new Pfx(plain.getAuthSafe(), mac).getEncoded("DER"), Vectors.PASSWORD);
    assertTrue(message.startsWith("this JVM cannot read"), message);
    assertTrue(message.contains("openssl pkcs12 -in old.p12 -nodes"), message);
  }

  @Test
  void ofSeveralKeysNoneIsChosen() throws Exception {
    String message = refusal(Vectors.bytes("two.p12"), Vectors.PASSWORD);
    assertTrue(message.contains("several private keys: gate, rsa"), message);
    assertTrue(message.contains("dev.divan.tls.keystore"), message);
  }

  @Test
  void certificatesAloneAreNoIdentity() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setCertificateEntry("c", Vectors.certificate("root.pem"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    keys.store(bytes, "x".toCharArray());
    assertTrue(refusal(bytes.toByteArray(), "x").contains("no private key"));
  }

  @Test
  void whatIsNoPkcs12IsRefusedWhereverItBreaksOff() throws Exception {
    assertTrue(refusal(new byte[0], "").endsWith("is not PKCS#12: it is empty"));
    assertTrue(
        refusal(Vectors.bytes("ec.pem"), "").endsWith("is not PKCS#12: it does not begin as one"));
    assertTrue(refusal(new byte[Pkcs12.MAX_SIZE + 1], "").contains("larger than"));
    byte[] whole = Vectors.bytes("openssl3.p12");
    for (int length = 1; length < whole.length; length += 37) {
      String message = refusal(Arrays.copyOf(whole, length), Vectors.PASSWORD);
      assertTrue(message.contains("gate"), message);
      assertFalse(message.contains("null"), message);
    }
    String html = "0<html>".repeat(9);
    assertTrue(
        refusal(html.getBytes(StandardCharsets.US_ASCII), "").contains("if it is some write it"));
  }
}
