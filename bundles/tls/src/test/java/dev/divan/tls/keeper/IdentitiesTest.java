// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void opensslReadsTheCertificate() throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl"))),
        "openssl is not here");
    TLSIdentity identity = at(NOW).createIdentity("x", full());
    Path der = directory.resolve("x.der");
    Files.write(der, identity.getCerts().get(0).getEncoded());
    Process openssl =
        new ProcessBuilder(
                "openssl", "x509", "-inform", "DER", "-in", der.toString(), "-noout", "-text")
            .redirectErrorStream(true)
            .start();
    String text = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(openssl.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, openssl.exitValue(), text);
    for (String part :
        List.of(
            "CN = My Server",
            "O = My Company",
            "OU = Mobile",
            "emailAddress = admin@mycompany.com",
            "DNS:divan.local",
            "IP Address:192.168.1.7",
            "TLS Web Server Authentication, TLS Web Client Authentication",
            "prime256v1")) {
      assertTrue(text.contains(part), part + " in " + text);
    }
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
