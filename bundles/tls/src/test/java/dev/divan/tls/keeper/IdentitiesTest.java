// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityAttributes.KeyAlgorithm;
import dev.divan.tls.IdentityException;
import dev.divan.tls.IdentityInUseException;
import dev.divan.tls.OpenSsl;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.material.StoredKey;
import dev.divan.tls.material.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path directory;

  private Identities at(Instant now) {
    return new Identities(directory.resolve("identities"), Clock.fixed(now, ZoneOffset.UTC));
  }

  private static IdentityAttributes full() {
    return new IdentityAttributes(
        "My Server",
        "My Company",
        "Mobile",
        "admin@mycompany.com",
        List.of("divan.local", "192.168.1.7", "fe80::1"),
        Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void theCertificateSaysWhatWasAsked() throws Exception {
    TLSIdentity identity = at(NOW).createIdentity("my-server-identity", full());
    X509Certificate certificate = identity.getCerts().get(0);
    assertEquals(1, identity.getCerts().size());
    assertEquals(
        "EMAILADDRESS=admin@mycompany.com, O=My Company, OU=Mobile, CN=My Server",
        certificate.getSubjectX500Principal().toString());
    assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
    certificate.verify(certificate.getPublicKey());
    assertEquals(Instant.parse("2030-01-01T00:00:00Z"), identity.getExpiration());
    assertEquals(NOW.minus(Duration.ofDays(1)), certificate.getNotBefore().toInstant());
    assertEquals("EC", certificate.getPublicKey().getAlgorithm());
    assertEquals("SHA256withECDSA", certificate.getSigAlgName());
    assertEquals(-1, certificate.getBasicConstraints());
    assertTrue(certificate.getKeyUsage()[0], "digital signature");
    assertEquals(
        List.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"), certificate.getExtendedKeyUsage());
    assertEquals(
        Set.of("2=divan.local", "7=192.168.1.7", "7=fe80:0:0:0:0:0:0:1"),
        certificate.getSubjectAlternativeNames().stream()
            .map(name -> name.get(0) + "=" + name.get(1))
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void opensslReadsAndVerifiesTheCertificate(KeyAlgorithm algorithm) throws Exception {
    OpenSsl.assumeThere();
    TLSIdentity identity = at(NOW).createIdentity("x", full().with(algorithm));
    String pem = Files.writeString(directory.resolve("x.pem"), identity.toPem()).toString();
    String text = OpenSsl.run("x509", "-in", pem, "-noout", "-text");
    for (String part :
        List.of(
            "CN = My Server",
            "O = My Company",
            "OU = Mobile",
            "emailAddress = admin@mycompany.com",
            "DNS:divan.local",
            "IP Address:192.168.1.7",
            "IP Address:FE80:0:0:0:0:0:0:1",
            "Not After : Jan  1 00:00:00 2030 GMT",
            "CA:FALSE",
            "TLS Web Server Authentication, TLS Web Client Authentication",
            algorithm == KeyAlgorithm.EC ? "prime256v1" : "Public-Key: (2048 bit)")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
    String at = Long.toString(NOW.getEpochSecond());
    for (String[] who :
        new String[][] {
          {"-verify_hostname", "divan.local"},
          {"-verify_ip", "192.168.1.7"},
          {"-verify_ip", "fe80::1"},
          {"-verify_email", "admin@mycompany.com"}
        }) {
      OpenSsl.run(
          "verify",
          "-attime",
          at,
          "-x509_strict",
          "-purpose",
          "sslserver",
          "-CAfile",
          pem,
          who[0],
          who[1],
          pem);
    }
    String fingerprint = OpenSsl.run("x509", "-in", pem, "-noout", "-sha256", "-fingerprint");
    assertEquals(
        identity.getFingerprint(),
        fingerprint.strip().replaceAll(".*=", "").replace(":", "").toLowerCase(Locale.ROOT));
  }

  @Test
  void theSameLabelIsTheSameIdentityAlsoAfterARestart() throws Exception {
    TLSIdentity first = at(NOW).createIdentity("Lan", full());
    TLSIdentity again = at(NOW).createIdentity("Lan", full());
    assertEquals(first.getFingerprint(), again.getFingerprint());
    assertEquals(first.getPrivateKey(), again.getPrivateKey());
    assertEquals("Lan", again.getLabel());
  }

  @Test
  void aLabelTakenByAnotherSubjectIsRefusedByName() throws Exception {
    Identities identities = at(NOW);
    identities.createIdentity("lan", IdentityAttributes.of("one"));
    IdentityException refused =
        assertThrows(
            IdentityException.class,
            () -> identities.createIdentity("lan", IdentityAttributes.of("two")));
    assertTrue(refused.getMessage().contains("CN=one"), refused.getMessage());
    assertTrue(refused.getMessage().contains("CN=two"), refused.getMessage());
  }

  @Test
  void theSameLabelWithOtherAttributesSaysWhichAndWhatToDo() throws Exception {
    Identities identities = at(NOW);
    identities.createIdentity("lan", full());
    IdentityAttributes other =
        new IdentityAttributes(
            "My Server",
            "My Company",
            "Mobile",
            "admin@mycompany.com",
            List.of("divan.local", "10.0.0.1"),
            Instant.parse("2031-01-01T00:00:00Z"),
            KeyAlgorithm.RSA);
    String refused =
        assertThrows(IdentityException.class, () -> identities.createIdentity("lan", other))
            .getMessage();
    for (String part :
        List.of(
            "the label lan is taken",
            "the alternative names [192.168.1.7, divan.local, fe80:0:0:0:0:0:0:1] rather than"
                + " [10.0.0.1, divan.local]",
            "a key EC rather than RSA",
            "the expiration 2030-01-01T00:00:00Z rather than 2031-01-01T00:00:00Z",
            "use another label, or delete this one first")) {
      assertTrue(refused.contains(part), part + " in " + refused);
    }
  }

  @Test
  void anExpirationLeftOpenAndTheOrderOfNamesAreNoDifference() throws Exception {
    Identities identities = at(NOW);
    TLSIdentity made = identities.createIdentity("lan", full());
    IdentityAttributes open =
        new IdentityAttributes(
            "My Server",
            "My Company",
            "Mobile",
            "admin@mycompany.com",
            List.of("fe80::1", "192.168.1.7", "divan.local"),
            null);
    assertEquals(made.getFingerprint(), at(NOW).createIdentity("lan", open).getFingerprint());
  }

  @Test
  void anRsaKeyHas2048Bits() throws Exception {
    TLSIdentity identity =
        at(NOW).createIdentity("x", IdentityAttributes.of("x").with(KeyAlgorithm.RSA));
    X509Certificate certificate = identity.getCerts().get(0);
    assertEquals(2048, ((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength());
    assertEquals("SHA256withRSA", certificate.getSigAlgName());
  }

  @Test
  void labelsDifferByCase() throws Exception {
    Identities identities = at(NOW);
    String lower = identities.createIdentity("küche^", IdentityAttributes.of("x")).getFingerprint();
    String upper = identities.createIdentity("KÜche^", IdentityAttributes.of("x")).getFingerprint();
    assertNotEquals(lower, upper);
    assertEquals(List.of("KÜche^", "küche^"), at(NOW).labels());
    assertEquals(upper, at(NOW).getIdentity("KÜche^").orElseThrow().getFingerprint());
  }

  @Test
  void anExpirationInThePastIsAnError() {
    IdentityAttributes past =
        new IdentityAttributes("x", null, null, null, List.of(), NOW.minusSeconds(1));
    IdentityException refused =
        assertThrows(IdentityException.class, () -> at(NOW).createIdentity("x", past));
    assertTrue(refused.getMessage().contains("in the past"), refused.getMessage());
  }

  @Test
  void anIdentityThatHasExpiredMeanwhileIsStillFound() throws Exception {
    String fingerprint = at(NOW).createIdentity("x", full()).getFingerprint();
    Instant later = Instant.parse("2031-01-01T00:00:00Z");
    assertEquals(fingerprint, at(later).createIdentity("x", full()).getFingerprint());
  }

  @Test
  void withoutAnExpirationItLastsAYear() throws Exception {
    TLSIdentity identity = at(NOW).createIdentity("x", IdentityAttributes.of("x"));
    assertEquals(NOW.plus(Duration.ofDays(365)), identity.getExpiration());
  }

  @Test
  void whatABoardWithoutClockMakesIsValidWhenItLearnsTheTime() throws Exception {
    Identities identities = at(Instant.EPOCH.plusSeconds(60));
    X509Certificate certificate = identities.anonymous().getCerts().get(0);
    certificate.checkValidity(java.util.Date.from(Instant.EPOCH.plusSeconds(60)));
    certificate.checkValidity(java.util.Date.from(NOW));
  }

  @Test
  void theAnonymousIdentityIsMadeOnceAndLastsTwentyYears() throws Exception {
    TLSIdentity anonymous = at(NOW).anonymous();
    assertEquals("anonymous", anonymous.getLabel());
    assertEquals(NOW.plus(Duration.ofDays(7300)), anonymous.getExpiration());
    assertEquals(anonymous.getFingerprint(), at(NOW.plusSeconds(999)).anonymous().getFingerprint());
  }

  @Test
  void deletedIsGoneAlsoAfterARestart() throws Exception {
    Identities identities = at(NOW);
    identities.createIdentity("x", IdentityAttributes.of("x"));
    assertTrue(identities.deleteIdentity("x"));
    assertFalse(identities.deleteIdentity("x"));
    assertEquals(List.of(), at(NOW).labels());
    assertTrue(at(NOW).getIdentity("x").isEmpty());
  }

  @Test
  void whatIsInUseIsDeletedOnlyByForce() throws Exception {
    Identities identities =
        new Identities(
            directory.resolve("identities"),
            Clock.fixed(NOW, ZoneOffset.UTC),
            identity -> List.of("listener lan", "listener of " + identity.getLabel()));
    identities.createIdentity("x", IdentityAttributes.of("x"));
    IdentityInUseException refused =
        assertThrows(IdentityInUseException.class, () -> identities.deleteIdentity("x"));
    assertEquals(List.of("listener lan", "listener of x"), refused.getUsers());
    assertEquals("x", refused.getLabel());
    assertEquals(
        "the identity x is in use by listener lan, listener of x; give them another identity first,"
            + " or force it",
        refused.getMessage());
    assertThrows(IdentityInUseException.class, () -> identities.deleteIdentity("x", false));
    assertEquals(List.of("x"), at(NOW).labels());
    assertTrue(identities.deleteIdentity("x", true));
    assertEquals(List.of(), at(NOW).labels());
    assertFalse(identities.deleteIdentity("x"), "who is not there is not in use either");
  }

  @Test
  void aPemPairIsKeptAndItsSecretsAreWiped() throws Exception {
    byte[] key = Vectors.bytes("ec.pkcs8-aes.key");
    char[] password = Vectors.PASSWORD.toCharArray();
    TLSIdentity imported = at(NOW).importPem("gate", Vectors.bytes("ec-chain.pem"), key, password);
    assertEquals("\0\0\0\0\0\0", new String(password));
    assertArrayEquals(new byte[key.length], key);
    TLSIdentity again = at(NOW).getIdentity("gate").orElseThrow();
    assertEquals(imported.getCerts(), again.getCerts());
    assertEquals(imported.getPrivateKey(), again.getPrivateKey());
  }

  @Test
  void aKeyStoresIdentityStaysThere() throws Exception {
    KeyStore keys =
        StoredKey.open(
            Vectors.file(directory, "keytool.jks").toFile(), Vectors.PASSWORD.toCharArray());
    char[] password = Vectors.PASSWORD.toCharArray();
    TLSIdentity identity = at(NOW).fromKeyStore("gate", keys, "gate", password);
    assertEquals("gate", identity.getLabel());
    assertEquals(List.of(), at(NOW).labels());
    assertEquals("\0\0\0\0\0\0", new String(password));
  }

  @Test
  void theWholeChainIsExportedAsPemAndNeverTheKey() throws Exception {
    TLSIdentity identity =
        at(NOW)
            .importIdentity("gate", Vectors.bytes("openssl3.p12"), Vectors.PASSWORD.toCharArray());
    assertEquals(
        new String(Vectors.bytes("ec-chain.pem"), StandardCharsets.US_ASCII), identity.toPem());
  }

  @Test
  void onlyTheOwnerReadsTheFiles() throws Exception {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"));
    at(NOW).anonymous();
    try (Stream<Path> files = Files.list(directory.resolve("identities"))) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void aFileThatIsNoKeyStoreIsNamed() throws Exception {
    at(NOW).anonymous();
    Files.writeString(directory.resolve("identities/identities.p12"), "garbage");
    IdentityException refused = assertThrows(IdentityException.class, () -> at(NOW).anonymous());
    assertTrue(refused.getMessage().contains("identities.p12"), refused.getMessage());
    assertEquals("garbage", Files.readString(directory.resolve("identities/identities.p12")));
  }

  @Test
  void pkcs12IsImportedInPlaceOfAnEarlierOne() throws Exception {
    TLSIdentity other = SelfSigned.make("other", full(), NOW);
    Identities identities = at(NOW);
    identities.createIdentity("site", IdentityAttributes.of("site"));
    char[] password = "geheim".toCharArray();
    TLSIdentity imported = identities.importIdentity("site", pkcs12(other, "geheim"), password);
    assertEquals(other.getFingerprint(), imported.getFingerprint());
    assertEquals("\0\0\0\0\0\0", new String(password));
    assertEquals(
        other.getFingerprint(), at(NOW).getIdentity("site").orElseThrow().getFingerprint());
  }

  @Test
  void aWrongPasswordIsToldWithoutTheSecret() throws Exception {
    byte[] pkcs12 = pkcs12(SelfSigned.make("other", full(), NOW), "geheim");
    IdentityException refused =
        assertThrows(
            IdentityException.class,
            () -> at(NOW).importIdentity("site", pkcs12, "falsch".toCharArray()));
    assertEquals("the password for the PKCS#12 of site is wrong", refused.getMessage());
  }

  @Test
  void whatIsNotPkcs12OrHasNoKeyIsTold() throws Exception {
    IdentityException garbage =
        assertThrows(
            IdentityException.class,
            () -> at(NOW).importIdentity("site", new byte[] {1, 2, 3}, new char[0]));
    assertTrue(garbage.getMessage().contains("is not PKCS#12"), garbage.getMessage());

    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setCertificateEntry("c", SelfSigned.make("other", full(), NOW).getCerts().get(0));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    keys.store(bytes, "x".toCharArray());
    IdentityException keyless =
        assertThrows(
            IdentityException.class,
            () -> at(NOW).importIdentity("site", bytes.toByteArray(), "x".toCharArray()));
    assertTrue(keyless.getMessage().contains("no private key"), keyless.getMessage());
  }

  @Test
  void anIdentityNeverPrintsItsKey() throws Exception {
    TLSIdentity identity = at(NOW).anonymous();
    assertEquals(
        "TLSIdentity[anonymous, sha256 " + identity.getFingerprint() + "]", identity.toString());
  }

  private static byte[] pkcs12(TLSIdentity identity, String password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    char[] secret = password.toCharArray();
    keys.setKeyEntry(
        "whatever",
        identity.getPrivateKey(),
        secret,
        identity.getCerts().toArray(X509Certificate[]::new));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    keys.store(bytes, secret);
    Arrays.fill(secret, '\0');
    return bytes.toByteArray();
  }
}
