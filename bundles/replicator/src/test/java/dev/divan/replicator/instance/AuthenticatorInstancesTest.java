// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Authenticator;
import dev.divan.instance.Notice;
import dev.divan.tls.TLSIdentity;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

class AuthenticatorInstancesTest {
  @TempDir Path directory;
  private Framework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("bundles").toString()));
    framework.start();
    context = framework.getBundleContext();
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(10_000);
  }

  private static Map<String, Object> properties(Object... pairs) {
    Map<String, Object> properties = new HashMap<>(Map.of("service.pid", "any~hq"));
    for (int i = 0; i < pairs.length; i += 2) properties.put((String) pairs[i], pairs[i + 1]);
    return properties;
  }

  private @Nullable ServiceReference<Authenticator> service() {
    return context.getServiceReference(Authenticator.class);
  }

  private Authenticator authenticator() {
    ServiceReference<Authenticator> reference = service();
    assertNotNull(reference);
    for (String key : reference.getPropertyKeys()) assertFalse(key.startsWith("."), key);
    assertEquals("hq", reference.getProperty("name"));
    return context.getService(reference);
  }

  private String header(String name) {
    return authenticator().headers().get(name);
  }

  private @Nullable String notice(String kind) {
    try {
      var all = context.getAllServiceReferences(null, "(" + kind + "=*)");
      return all == null ? null : (String) all[0].getProperty(kind);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void basicLogsInAtOnceOrWhenAsked() {
    var instance = new BasicAuthenticatorInstance(context);
    instance.activate(properties("username", "ann", ".password", "one"));
    assertEquals(basic("ann:one"), header("Authorization"));
    instance.modified(properties("username", "ann", ".password", "two", "preemptive", "false"));
    assertEquals(Map.of(), authenticator().headers());
    assertEquals(
        Map.of("Authorization", basic("ann:two")),
        authenticator().answer(List.of("Basic realm=x")));
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void aFaultyConfigurationIsToldAndTheFormerStays() {
    var instance = new BasicAuthenticatorInstance(context);
    instance.activate(properties("username", "ann"));
    assertEquals(
        "dev.divan.auth.basic hq: .password is missing: the password to log in with",
        notice(Notice.REFUSED));
    assertNull(service());
    instance.modified(properties("username", "ann", ".password", "one"));
    assertNull(notice(Notice.REFUSED));
    instance.modified(properties("username", "a:n", ".password", "two"));
    String refused = notice(Notice.REFUSED);
    assertNotNull(refused);
    assertTrue(refused.endsWith("; it runs on as configured before"), refused);
    assertEquals(basic("ann:one"), header("Authorization"));
    instance.deactivate();
    assertNull(notice(Notice.REFUSED));
  }

  @Test
  void aChangeIsNeverAMomentWithout() {
    var instance = new BasicAuthenticatorInstance(context);
    instance.activate(properties("username", "ann", ".password", "one"));
    List<Boolean> withoutAny = new ArrayList<>();
    context.addServiceListener(
        event -> {
          if (event.getType() == ServiceEvent.UNREGISTERING) {
            Object before = event.getServiceReference();
            try {
              withoutAny.add(
                  context.getServiceReferences(Authenticator.class, null).stream()
                      .allMatch(before::equals));
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        });
    instance.modified(properties("username", "ann", ".password", "two"));
    assertEquals(List.of(false), withoutAny);
  }

  @Test
  void aSessionIsACookie() {
    var instance = new SessionAuthenticatorInstance(context);
    instance.activate(properties(".session", "abc"));
    assertEquals("SyncGatewaySession=abc", header("Cookie"));
    instance.modified(properties(".session", "def", "cookieName", "s"));
    assertEquals("s=def", header("Cookie"));
    instance.modified(properties(".session", "secret; Path=/"));
    String refused = notice(Notice.REFUSED);
    assertNotNull(refused);
    assertFalse(refused.contains("secret"), refused);
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void aTokenIsInTheConfigurationOrInAFileReadAtEachConnection() throws Exception {
    var instance = new BearerAuthenticatorInstance(context);
    instance.activate(properties(".token", "one"));
    assertEquals("Bearer one", header("Authorization"));
    Path file = directory.resolve("token");
    instance.modified(properties("tokenFile", file.toString()));
    assertThrows(IllegalStateException.class, authenticator()::headers);
    Files.writeString(file, "two\n");
    assertEquals("Bearer two", header("Authorization"));
    Files.writeString(file, "three\n");
    assertEquals("Bearer three", header("Authorization"));
    Files.writeString(file, "x".repeat(TokenFile.MAX_SIZE + 1));
    assertThrows(IllegalStateException.class, authenticator()::headers);
    instance.deactivate();
    assertNull(service());
  }

  @Test
  void aTokenIsGivenOnce() {
    for (Map<String, Object> faulty :
        List.of(properties(), properties(".token", "x", "tokenFile", "y"))) {
      var instance = new BearerAuthenticatorInstance(context);
      instance.activate(faulty);
      assertEquals(
          "dev.divan.auth.bearer hq: give either .token or tokenFile, and not both",
          notice(Notice.REFUSED));
      instance.deactivate();
    }
  }

  private static TLSIdentity identity(String label) {
    return (TLSIdentity)
        Proxy.newProxyInstance(
            TLSIdentity.class.getClassLoader(),
            new Class<?>[] {TLSIdentity.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getLabel", "toString" -> label;
                  case "equals" -> proxy == arguments[0];
                  case "hashCode" -> System.identityHashCode(proxy);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ServiceRegistration<TLSIdentity> publish(TLSIdentity identity) {
    return context.registerService(
        TLSIdentity.class, identity, new Hashtable<>(Map.of("label", identity.getLabel())));
  }

  @Test
  void aClientCertificateIsThereAsLongAsItsIdentityIs() {
    var instance = new CertificateAuthenticatorInstance(context);
    instance.activate(properties("identity", "gateway"));
    assertNull(service());
    assertEquals("waits for TLS identity (label=gateway)", notice(Notice.WAITING));

    publish(identity("another"));
    TLSIdentity first = identity("gateway");
    ServiceRegistration<TLSIdentity> published = publish(first);
    assertSame(first, authenticator().identity());
    assertNull(notice(Notice.WAITING));

    TLSIdentity renewed = identity("gateway");
    publish(renewed);
    published.unregister();
    assertSame(renewed, authenticator().identity());

    instance.modified(properties("identity", "another"));
    assertEquals("another", String.valueOf(authenticator().identity()));
    instance.modified(properties("identity", "nobody"));
    assertNull(service());
    assertEquals("waits for TLS identity (label=nobody)", notice(Notice.WAITING));

    instance.modified(properties());
    String refused = notice(Notice.REFUSED);
    assertNotNull(refused);
    assertTrue(refused.contains("identity is missing"), refused);
    instance.deactivate();
    assertNull(notice(Notice.REFUSED));
    assertNull(notice(Notice.WAITING));
  }
}
