// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Notice;
import dev.divan.listener.URLEndpointListener;
import dev.divan.testkit.fake.Fake;
import dev.divan.testkit.osgi.TestFramework;
import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityInUseException;
import dev.divan.tls.Listening;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import dev.divan.tls.material.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class IdentityInstanceTest {
  @TempDir Path directory;
  private TestFramework framework;
  private BundleContext context;
  private Identities identities;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(directory.resolve("fw"));
    context = framework.context();
    identities =
        new Identities(
            directory.resolve("identities"), Clock.systemUTC(), new Users(framework.context()));
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private static Map<String, Object> properties(String pid, Object... pairs) {
    Map<String, Object> properties = TestFramework.properties(pairs);
    properties.put("service.pid", pid + "~gate");
    return properties;
  }

  private static <T extends IdentityInstance> T activated(
      T instance, Map<String, Object> properties) {
    instance.activate(properties);
    return instance;
  }

  private SelfSignedIdentity selfSigned(Object... pairs) {
    return activated(
        new SelfSignedIdentity(context, identities), properties(SelfSignedIdentity.PID, pairs));
  }

  @Test
  void nothingIsThereBeforeItIsActivated() {
    IdentityInstance constructed = new SelfSignedIdentity(context, identities);
    assertNull(service(), "it may be dropped, and nobody would take the service down");
    constructed.deactivate();
  }

  private ServiceReference<TLSIdentity> service() {
    return context.getServiceReference(TLSIdentity.class);
  }

  private X509Certificate certificate() {
    return context.getService(service()).getCerts().get(0);
  }

  private IdentityInstance imported(Object... pairs) {
    return activated(
        new ImportedIdentity(context, identities), properties(ImportedIdentity.PID, pairs));
  }

  private IdentityInstance keyStore(Object... pairs) {
    return activated(
        new KeyStoreIdentity(context, identities), properties(KeyStoreIdentity.PID, pairs));
  }

  /** What the instance says, which has no service and leaves nothing behind. */
  private String refusal(IdentityInstance instance) {
    assertNull(service());
    String sentence = refusal();
    instance.deactivate();
    assertNull(refusal(), "nothing is left behind");
    return sentence;
  }

  /** What hangs out; null for nothing. */
  private String refusal() {
    return framework.notice(Notice.REFUSED);
  }

  @Test
  void theSmallestConfigurationIsAnEmptyOne() {
    SelfSignedIdentity instance = selfSigned();
    assertEquals("gate", service().getProperty("name"));
    assertEquals("gate", service().getProperty("label"));
    assertEquals(TLSIdentity.fingerprint(certificate()), service().getProperty("tls.fingerprint"));
    assertEquals("CN=gate", certificate().getSubjectX500Principal().toString());
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void allPropertiesArriveInTheCertificate() throws Exception {
    selfSigned(
        "label", "other",
        "expiration", "2040-01-01T00:00:00.000Z",
        "commonName", "My Server",
        "organization", "My Company",
        "organizationUnit", "Mobile",
        "emailAddress", "admin@mycompany.com",
        "subjectAlternativeNames", "gate.local, 10.0.0.1");
    assertEquals("other", service().getProperty("label"));
    assertEquals(
        "EMAILADDRESS=admin@mycompany.com, O=My Company, OU=Mobile, CN=My Server",
        certificate().getSubjectX500Principal().toString());
    assertEquals(2, certificate().getSubjectAlternativeNames().size());
    assertEquals("2040-01-01T00:00:00Z", certificate().getNotAfter().toInstant().toString());
  }

  @Test
  void aPlainDateIsAnExpirationToo() {
    selfSigned("expiration", "2040-01-01");
    assertEquals("2040-01-01T00:00:00Z", certificate().getNotAfter().toInstant().toString());
  }

  @Test
  void aFaultyExpirationIsRefusedInWords() {
    for (String faulty : List.of("soon", "2001-01-01T00:00:00Z", "31.12.2030")) {
      SelfSignedIdentity instance = selfSigned("expiration", faulty);
      String message = refusal();
      assertTrue(message.startsWith("dev.divan.tls.selfsigned gate: "), message);
      assertTrue(message.contains("expiration"), message);
      assertNull(service());
      instance.deactivate();
    }
  }

  @Test
  void aRefusedConfigurationThatIsMendedTakesEffect() {
    SelfSignedIdentity instance = selfSigned("expiration", "soon");
    assertNull(service());
    instance.modified(properties(SelfSignedIdentity.PID, "expiration", "2040-01-01"));
    assertNull(refusal());
    assertEquals("2040-01-01T00:00:00Z", certificate().getNotAfter().toInstant().toString());
  }

  @Test
  void aFaultyChangeLeavesTheIdentityInPlaceAndIsSaid() {
    SelfSignedIdentity instance = selfSigned();
    ServiceReference<TLSIdentity> before = service();
    instance.modified(properties(SelfSignedIdentity.PID, "organization", "of another label"));
    assertTrue(refusal().contains("the label gate is taken"), refusal());
    assertTrue(refusal().endsWith("; it runs on as configured before"), refusal());
    assertEquals(before, service());
    instance.modified(properties(SelfSignedIdentity.PID));
    assertNull(refusal());
    assertEquals(1, count());
  }

  @Test
  void aChangedIdentityIsThereBeforeTheFormerGoes() {
    SelfSignedIdentity instance = selfSigned();
    List<Integer> present = new ArrayList<>();
    context.addServiceListener(event -> present.add(count()));
    instance.modified(properties(SelfSignedIdentity.PID, "label", "next"));
    assertEquals(List.of(2, 1), present, "never none");
    assertEquals("next", service().getProperty("label"));
    assertEquals(1, count());
  }

  private int count() {
    try {
      return context.getServiceReferences(TLSIdentity.class, null).size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void pkcs12IsImportedInlineOrFromAFileAndStaysSecret() throws Exception {
    TLSIdentity origin =
        new Identities(directory.resolve("elsewhere"), Clock.systemUTC()).anonymous();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    char[] password = "geheim".toCharArray();
    keys.setKeyEntry(
        "x", origin.getPrivateKey(), password, origin.getCerts().toArray(X509Certificate[]::new));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    keys.store(bytes, password);
    Path file = Files.write(directory.resolve("gate.p12"), bytes.toByteArray());
    String base64 = Base64.getMimeEncoder().encodeToString(bytes.toByteArray());

    for (String[] source :
        List.of(new String[] {"certBase64", base64}, new String[] {"file", file.toString()})) {
      ImportedIdentity instance =
          (ImportedIdentity) imported(source[0], source[1], ".password", "geheim");
      assertEquals(origin.getFingerprint(), service().getProperty("tls.fingerprint"));
      assertNull(service().getProperty(".password"));
      assertNull(service().getProperty("certBase64"));
      instance.deactivate();
    }
    assertNotNull(identities.getIdentity("gate").orElseThrow());
    String message = refusal(imported("certBase64", base64, ".password", "falsch"));
    assertEquals(
        "dev.divan.tls.imported gate: the password for the PKCS#12 of gate is wrong", message);
  }

  @Test
  void aFaultyImportIsRefusedByPropertyName() {
    assertTrue(refusal(imported()).contains("certBase64 or file"));
    assertTrue(
        refusal(imported("file", "/nowhere/x.p12")).contains("file /nowhere/x.p12 cannot be read"));
    assertTrue(refusal(imported("certBase64", "AAAA")).contains("is not PKCS#12"));
  }

  private String vector(String name) throws Exception {
    return Vectors.file(directory, name).toString();
  }

  @Test
  void aPemPairIsImportedFromTwoFilesOrOne() throws Exception {
    String chain = vector("ec-chain.pem");
    IdentityInstance instance =
        imported(
            "certificateFile", chain, "keyFile", vector("ec.pkcs8-aes.key"), ".password", "geheim");
    assertEquals(Vectors.certificate("ec.pem"), certificate());
    instance.deactivate();
    Path both = Files.writeString(directory.resolve("both.pem"), Files.readString(Path.of(chain)));
    Files.write(both, Vectors.bytes("ec.key"), StandardOpenOption.APPEND);
    instance = imported("certificateFile", both.toString());
    assertEquals(Vectors.certificate("ec.pem"), certificate());
    instance.deactivate();
    assertTrue(refusal(imported("certificateFile", chain, "file", chain)).contains("give either"));
    assertTrue(refusal(imported("certificateFile", chain)).contains("BEGIN PRIVATE KEY"));
  }

  @Test
  void anIdentityInAKeyStoreIsFoundByItsAliasAndStaysThere() throws Exception {
    String two = vector("two.p12");
    IdentityInstance instance = keyStore("keystore", two, "alias", "rsa", ".password", "geheim");
    assertEquals(Vectors.certificate("rsa.pem"), certificate());
    assertEquals("gate", service().getProperty("label"));
    assertEquals(List.of(), identities.labels());
    instance.modified(
        properties(KeyStoreIdentity.PID, "keystore", two, "alias", "gate", ".password", "geheim"));
    assertEquals(Vectors.certificate("ec.pem"), certificate());
    instance.modified(
        properties(KeyStoreIdentity.PID, "keystore", two, "alias", "no", ".password", "geheim"));
    assertTrue(refusal().contains("no private key no; it has gate, rsa"), refusal());
    assertEquals(Vectors.certificate("ec.pem"), certificate());
  }

  @Test
  void anOnlyKeyNeedsNoAliasAndAKeyMayHaveItsOwnPassword() throws Exception {
    keyStore(
        "keystore", vector("keytool-keypass.jks"), ".password", "geheim", ".keyPassword", "anders");
    assertEquals(Vectors.certificate("ec.pem"), certificate());
  }

  @Test
  void aFaultyKeyStoreIsRefusedByPropertyName() throws Exception {
    assertTrue(refusal(keyStore()).contains("keystore is missing"));
    assertTrue(refusal(keyStore("keystore", "/nowhere")).contains("keystore /nowhere is no file"));
    assertTrue(
        refusal(keyStore("keystore", vector("two.p12"), ".password", "geheim"))
            .endsWith("alias is missing: one of gate, rsa"));
    assertTrue(
        refusal(keyStore("keystore", vector("keytool.jks"), ".password", "falsch"))
            .endsWith("is wrong"));
  }

  @Test
  void aChangeIsOneLineThatNamesThePropertiesAndNeverTheirValues() throws Exception {
    String file = vector("keytool.jks");
    IdentityInstance instance = keyStore("keystore", file, ".password", "geheim");
    String fingerprint = String.valueOf(service().getProperty("tls.fingerprint"));
    try (Listening log = new Listening()) {
      instance.modified(
          properties(
              KeyStoreIdentity.PID,
              "keystore",
              vector("keytool-keypass.jks"),
              ".password",
              "geheim",
              ".keyPassword",
              "anders"));
      assertEquals(
          List.of(
              "INFO dev.divan.tls.keystore gate: .keyPassword, keystore changed (hot): the next"
                  + " handshake shows gate, sha256 "
                  + fingerprint),
          log.lines());
    }
  }

  @Test
  void theKeyAlgorithmIsChosen() {
    selfSigned("keyAlgorithm", "rsa");
    assertEquals("RSA", certificate().getPublicKey().getAlgorithm());
  }

  @Test
  void aSecretWithoutItsDotIsRefusedSoThatNobodySeesIt() {
    assertEquals(
        "dev.divan.tls.imported gate: password is shown to everybody; write .password",
        refusal(imported("file", "x", "password", "geheim")));
  }

  @Test
  void anExpiredIdentityIsUsedWithAWarning() throws Exception {
    Instant then = Instant.parse("2020-01-01T00:00:00Z");
    Instant end = Instant.parse("2020-12-31T00:00:00Z");
    new Identities(directory.resolve("identities"), Clock.fixed(then, ZoneOffset.UTC))
        .createIdentity("gate", new IdentityAttributes("gate", null, null, null, List.of(), end));
    try (Listening log = new Listening()) {
      selfSigned();
      assertEquals(
          List.of(
              "WARN dev.divan.tls.selfsigned gate: the certificate has expired on"
                  + " 2020-12-31T00:00:00Z; peers that have not pinned it refuse it"),
          log.lines());
    }
    assertNotNull(service());
  }

  @Test
  void anIdentityIsInUseByItsConfigurationAndByListenersThatShowIt() throws Exception {
    IdentityInstance instance = selfSigned("name", "front");
    TLSIdentity identity = context.getService(service());
    TLSIdentity anonymous = identities.anonymous();
    AtomicReference<TLSIdentity> shown = new AtomicReference<>(identity);
    framework.register(
        URLEndpointListener.class,
        Fake.of(
            URLEndpointListener.class,
            new Object() {
              TLSIdentity getTlsIdentity() {
                return shown.get();
              }
            }),
        "name",
        "lan");

    assertEquals(
        List.of("listener lan", "configured identity front"),
        assertThrows(IdentityInUseException.class, () -> identities.deleteIdentity("front"))
            .getUsers());
    assertTrue(identities.deleteIdentity("anonymous"), "nobody shows it");
    shown.set(identities.anonymous());
    assertThrows(IdentityInUseException.class, () -> identities.deleteIdentity("anonymous"));
    instance.deactivate();
    assertTrue(identities.deleteIdentity("front"), "nobody uses it any more");
    assertNotEquals(anonymous.getFingerprint(), shown.get().getFingerprint());
    shown.set(null);
    assertTrue(identities.deleteIdentity("anonymous"), "a stopped listener shows nothing");
  }
}
