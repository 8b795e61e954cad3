// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class PasswordAuthenticatorInstanceTest {
  private static final String HASH = PasswordHash.of("one".toCharArray(), 1000).toString();

  @TempDir Path storage;
  private TestFramework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
    context = framework.context();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private PasswordAuthenticatorInstance activate(Object... pairs) {
    return new PasswordAuthenticatorInstance(context, properties(pairs));
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = TestFramework.properties(pairs);
    properties.put("service.pid", PasswordAuthenticatorInstance.PID + "~staff");
    return properties;
  }

  private ServiceReference<ListenerAuthenticator> service() {
    return context.getServiceReference(ListenerAuthenticator.class);
  }

  private Verdict login(String user, String password) {
    return context
        .getService(service())
        .authenticate(new Credentials(user, password.toCharArray(), List.of(), null));
  }

  private String refused() {
    return framework.notice(Notice.REFUSED);
  }

  @Test
  void isAServiceWithoutItsSecrets() {
    PasswordAuthenticatorInstance instance = activate("username", "ann", ".passwordHash", HASH);
    assertEquals("staff", service().getProperty("name"));
    assertEquals("ann", service().getProperty("username"));
    assertNull(service().getProperty(".passwordHash"));
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void aRefusedConfigurationThatIsMendedTakesEffect() {
    PasswordAuthenticatorInstance instance = activate("username", "ann");
    assertEquals(
        "dev.divan.listener.auth.password staff:"
            + " with username give either .password or .passwordHash, and not both",
        refused());
    assertNull(service());
    instance.modified(properties("username", "ann", ".passwordHash", HASH));
    assertNull(refused());
    assertEquals(new Verdict.Admitted("ann", Set.of()), login("ann", "one"));
  }

  @Test
  void afterAFaultyChangeThoseOfBeforeAreLetInAndNobodyElse() {
    PasswordAuthenticatorInstance instance = activate("username", "ann", ".passwordHash", HASH);
    instance.modified(properties("username", "bob", ".passwordHash", "no hash"));
    assertTrue(refused().contains("staff: .passwordHash cannot be read"), refused());
    assertTrue(refused().endsWith("; it runs on as configured before"), refused());
    assertEquals(new Verdict.Admitted("ann", Set.of()), login("ann", "one"));
    assertInstanceOf(Verdict.Refused.class, login("bob", "one"));
    assertEquals("ann", service().getProperty("username"));
    instance.modified(properties("username", "bob", ".passwordHash", HASH));
    assertNull(refused());
    assertEquals(new Verdict.Admitted("bob", Set.of()), login("bob", "one"));
    assertInstanceOf(Verdict.Refused.class, login("ann", "one"));
  }

  @Test
  void aRefusalIsTakenDownWithTheInstance() {
    activate().deactivate();
    assertNull(refused());
  }
}
