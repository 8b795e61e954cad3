// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.instance.Notice;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

class CertificateAuthenticatorInstanceTest {
  /** Beyond the days of this test, which goes by the clock of the machine. */
  private static final Instant LONG = Instant.parse("2200-01-01T00:00:00Z");

  @TempDir Path directory;
  private final Authority root = Authority.rootUntil("CN=Root", LONG);
  private final Authority client = root.clientUntil("CN=machine", LONG);
  private final Authority other = Authority.rootUntil("CN=Other", LONG);
  private TestFramework framework;
  private BundleContext context;

  CertificateAuthenticatorInstanceTest() throws Exception {}

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(directory.resolve("bundles"));
    context = framework.context();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private CertificateAuthenticatorInstance activate(Object... pairs) {
    return new CertificateAuthenticatorInstance(context, properties(pairs));
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = TestFramework.properties(pairs);
    properties.put("service.pid", CertificateAuthenticatorInstance.PID + "~fleet");
    return properties;
  }

  private ServiceReference<ListenerAuthenticator> service() {
    return context.getServiceReference(ListenerAuthenticator.class);
  }

  private Verdict login(Authority who) {
    return context
        .getService(service())
        .authenticate(new Credentials(null, null, who.chain(), null));
  }

  private String notice(String kind) {
    return framework.notice(kind);
  }

  private ServiceRegistration<CertificateJudge> judge(String name, Verdict verdict) {
    return framework.register(CertificateJudge.class, (chain, address) -> verdict, "name", name);
  }

  @Test
  void rootsAreReadFromFilesAndInlineOneOrMany() throws Exception {
    Path many = directory.resolve("many.pem");
    Files.writeString(many, "# ours\n" + other.pem() + "and\n" + root.pem());
    Path der = directory.resolve("root.cer");
    Files.write(der, root.certificate().getEncoded());
    String lines = root.pem();
    for (Object value :
        List.of(
            many.toString(),
            der.toString(),
            lines,
            lines.replace("\n", ""),
            other.pem() + lines,
            new String[] {other.pem(), many.toString()},
            directory.resolve("many.pem") + " , " + der)) {
      CertificateAuthenticatorInstance instance = activate("rootCertificates", value);
      assertNull(notice(Notice.REFUSED));
      assertEquals(new Verdict.Admitted("machine", Set.of()), login(client));
      assertEquals("fleet", service().getProperty("name"));
      instance.deactivate();
      assertNull(service());
    }
  }

  @Test
  void aFaultyConfigurationIsRefusedByPropertyName() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    Path key = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----");
    Map<Map<String, Object>, String> faulty =
        Map.of(
            Map.of(), "give either rootCertificates or judge",
            Map.of("rootCertificates", root.pem(), "judge", "x"), "give either",
            Map.of("rootCertificates", directory.resolve("none").toString()),
                "rootCertificates " + directory,
            Map.of("rootCertificates", empty.toString()), "rootCertificates cannot be read: ",
            Map.of("rootCertificates", key.toString()), "no -----BEGIN CERTIFICATE-----",
            Map.of("rootCertificates", "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----"),
                "rootCertificates cannot be read: ",
            Map.of("judge.target", "name=x"), "judge.target");
    faulty.forEach(
        (pairs, words) -> {
          Map<String, Object> properties = properties();
          properties.putAll(pairs);
          var instance = new CertificateAuthenticatorInstance(context, properties);
          String said = notice(Notice.REFUSED);
          assertNotNull(said, words);
          assertTrue(said.startsWith("dev.divan.listener.auth.certificate fleet: "), said);
          assertTrue(said.contains(words), said);
          assertNull(service());
          instance.deactivate();
          assertNull(notice(Notice.REFUSED));
        });
  }

  @Test
  void aChangeCountsFromTheNextLoginOnTheSameService() throws Exception {
    CertificateAuthenticatorInstance instance = activate("rootCertificates", root.pem());
    ServiceReference<ListenerAuthenticator> before = service();
    assertInstanceOf(Verdict.Admitted.class, login(client));
    instance.modified(properties("rootCertificates", other.pem()));
    assertEquals(before, service());
    assertInstanceOf(Verdict.Refused.class, login(client));
  }

  @Test
  void afterAFaultyChangeThoseOfBeforeAreAdmittedAndNobodyElse() throws Exception {
    CertificateAuthenticatorInstance instance = activate("rootCertificates", root.pem());
    instance.modified(properties("rootCertificates", "no/such/file"));
    assertTrue(notice(Notice.REFUSED).endsWith("; it runs on as configured before"));
    assertInstanceOf(Verdict.Admitted.class, login(client));
    assertInstanceOf(Verdict.Refused.class, login(other.clientUntil("CN=machine", LONG)));
    instance.modified(properties("rootCertificates", other.pem()));
    assertNull(notice(Notice.REFUSED));
    assertInstanceOf(Verdict.Refused.class, login(client));
  }

  @Test
  void withoutItsJudgeThereIsNoAuthenticatorAndThatIsSaid() {
    CertificateAuthenticatorInstance instance = activate("judge", "court");
    assertNull(service());
    assertEquals("waits for certificate judge (name=court)", notice(Notice.WAITING));

    Verdict said = new Verdict.Admitted("x", Set.of("y"));
    judge("another", new Verdict.Refused("wrong court"));
    ServiceRegistration<CertificateJudge> court = judge("court", said);
    assertEquals(said, login(client));
    assertNull(notice(Notice.WAITING));

    court.unregister();
    assertNull(service());
    assertEquals("waits for certificate judge (name=court)", notice(Notice.WAITING));

    judge("court", new Verdict.Refused("closed"));
    assertInstanceOf(Verdict.Refused.class, login(client));
    instance.deactivate();
    assertNull(service());
    assertNull(notice(Notice.WAITING));
  }

  @Test
  void aJudgeIsReplacedByABetterRankedOneUnderTheSameService() {
    activate("judge", "court");
    judge("court", new Verdict.Refused("closed"));
    ServiceReference<ListenerAuthenticator> before = service();
    Hashtable<String, Object> higher = new Hashtable<>(Map.of("name", "court"));
    higher.put(Constants.SERVICE_RANKING, 1);
    Verdict said = new Verdict.Admitted("x", Set.of());
    context.registerService(CertificateJudge.class, (chain, address) -> said, higher);
    assertEquals(before, service());
    assertEquals(said, login(client));
  }

  @Test
  void fromRootsToAJudgeAndBackNobodyIsAdmittedByTheFormer() throws Exception {
    CertificateAuthenticatorInstance instance = activate("rootCertificates", root.pem());
    instance.modified(properties("judge", "court"));
    assertNull(service());
    instance.modified(properties("rootCertificates", root.pem()));
    assertNull(notice(Notice.WAITING));
    assertInstanceOf(Verdict.Admitted.class, login(client));
    judge("court", new Verdict.Refused("closed"));
    assertInstanceOf(Verdict.Admitted.class, login(client));
  }

  @Test
  void aFileIsReadAgainWhenItChanges() throws Exception {
    Path file = Files.writeString(directory.resolve("roots.pem"), other.pem());
    activate("rootCertificates", file.toString());
    assertInstanceOf(Verdict.Refused.class, login(client));
    Files.writeString(file, other.pem() + root.pem());
    assertInstanceOf(Verdict.Admitted.class, login(client));
  }

  @Test
  void aFaultyFileLeavesTheRootsOfBeforeAndAMissingOneNobody() throws Exception {
    Path file = Files.writeString(directory.resolve("roots.pem"), root.pem());
    activate("rootCertificates", new String[] {file.toString(), other.pem()});
    Files.writeString(file, "no certificate");
    assertInstanceOf(Verdict.Admitted.class, login(client));
    Files.delete(file);
    assertInstanceOf(Verdict.Refused.class, login(client));
    Files.writeString(file, root.pem());
    assertInstanceOf(Verdict.Admitted.class, login(client));
  }
}
