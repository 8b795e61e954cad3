// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.instance.Notice;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.security.auth.login.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class JaasAuthenticatorInstanceTest {
  @TempDir Path storage;
  private TestFramework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    Configuration.setConfiguration(TestModule.realm("works"));
    framework = new TestFramework(storage);
    context = framework.context();
  }

  @AfterEach
  void stop() throws Exception {
    Configuration.setConfiguration(null);
    framework.close();
  }

  private JaasAuthenticatorInstance activate(Object... pairs) {
    return new JaasAuthenticatorInstance(context, properties(pairs));
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = TestFramework.properties(pairs);
    properties.put("service.pid", JaasAuthenticatorInstance.PID + "~staff");
    return properties;
  }

  private ServiceReference<ListenerAuthenticator> service() {
    return context.getServiceReference(ListenerAuthenticator.class);
  }

  private Class<?> login() {
    return context
        .getService(service())
        .authenticate(new Credentials("ann", "pässword".toCharArray(), List.of(), null))
        .getClass();
  }

  private String refused() {
    return framework.notice(Notice.REFUSED);
  }

  @Test
  void isAServiceUnderItsName() {
    JaasAuthenticatorInstance instance = activate("realm", "works");
    assertEquals("staff", service().getProperty("name"));
    assertEquals(Verdict.Admitted.class, login());
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void aChangeCountsFromTheNextLoginOnTheSameService() {
    JaasAuthenticatorInstance instance =
        activate("realm", "works", "requiredRole", "press", "rolePrincipals", "RolePrincipal");
    ServiceReference<ListenerAuthenticator> before = service();
    assertEquals(Verdict.Admitted.class, login());
    instance.modified(properties("realm", "works", "requiredRole", "admin"));
    assertEquals(before, service());
    assertEquals(Verdict.Refused.class, login());
  }

  @Test
  void aFaultyConfigurationIsRefusedAndAMendedOneTaken() {
    JaasAuthenticatorInstance instance = activate();
    assertEquals(
        "dev.divan.listener.auth.jaas staff:"
            + " realm is missing: the name of the JAAS realm, such as karaf",
        refused());
    assertNull(service());
    instance.modified(properties("realm", "works"));
    assertNull(refused());
    instance.modified(properties("realm", ""));
    assertTrue(refused().endsWith("; it runs on as configured before"), refused());
    assertEquals(Verdict.Admitted.class, login());
    instance.deactivate();
    assertNull(refused());
  }
}
