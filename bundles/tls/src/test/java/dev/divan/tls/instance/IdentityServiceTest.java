// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Notice;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

class IdentityServiceTest {
  @TempDir Path directory;
  private Framework framework;
  private BundleContext context;
  private Identities identities;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("fw").toString()));
    framework.start();
    context = framework.getBundleContext();
    identities = new Identities(directory.resolve("identities"), Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  private static Map<String, Object> properties(String pid, Object... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("service.pid", pid + "~gate"));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put((String) pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private SelfSignedIdentity selfSigned(Object... pairs) {
    return new SelfSignedIdentity(context, identities, properties(SelfSignedIdentity.PID, pairs));
  }

  private ServiceReference<TLSIdentity> service() {
    return context.getServiceReference(TLSIdentity.class);
  }

  private X509Certificate certificate() {
    return context.getService(service()).getCerts().get(0);
  }

  private String refusal(Map<String, Object> properties) {
    ImportedIdentity instance = new ImportedIdentity(context, identities, properties);
    assertNull(service());
    String sentence = refusal();
    instance.deactivate();
    assertNull(refusal(), "nothing is left behind");
    return sentence;
  }

  /** What hangs out; null for nothing. */
  private String refusal() {
    try {
      var all = context.getAllServiceReferences(null, "(" + Notice.REFUSED + "=*)");
      return all == null ? null : (String) all[0].getProperty(Notice.REFUSED);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
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
          new ImportedIdentity(
              context,
              identities,
              properties(ImportedIdentity.PID, source[0], source[1], ".password", "geheim"));
      assertEquals(origin.getFingerprint(), service().getProperty("tls.fingerprint"));
      assertNull(service().getProperty(".password"));
      assertNull(service().getProperty("certBase64"));
      instance.deactivate();
    }
    assertNotNull(identities.getIdentity("gate").orElseThrow());
    String message =
        refusal(properties(ImportedIdentity.PID, "certBase64", base64, ".password", "falsch"));
    assertEquals(
        "dev.divan.tls.imported gate: the password for the PKCS#12 of gate is wrong", message);
  }

  @Test
  void aFaultyImportIsRefusedByPropertyName() {
    assertTrue(refusal(properties(ImportedIdentity.PID)).contains("certBase64 or file"));
    assertTrue(
        refusal(properties(ImportedIdentity.PID, "file", "/nowhere/x.p12"))
            .contains("file /nowhere/x.p12 cannot be read"));
    assertTrue(
        refusal(properties(ImportedIdentity.PID, "certBase64", "AAAA")).contains("is not PKCS#12"));
  }
}
