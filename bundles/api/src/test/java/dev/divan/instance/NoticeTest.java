// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

class NoticeTest {
  @TempDir Path storage;
  private final Settings settings =
      new Settings(
          "f",
          Map.of(
              "service.pid", "f~lan",
              "felix.fileinstall.filename", "file:/etc/f-lan.cfg",
              "port", "many",
              "password", "a secret with the wrong name",
              ".password", "x"));
  private TestFramework framework;
  private Notice notice;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
    notice = new Notice(framework.context());
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  /** A component may be on its way out on one thread while another stops its bundle. */
  @Test
  void itComesDownWithoutComplaintAfterTheBundleHasStopped() {
    ServiceRegistration<?> withdrawn =
        stub(
            ServiceRegistration.class,
            method -> {
              throw new IllegalStateException("already unregistered");
            });
    Notice late = new Notice(stub(BundleContext.class, method -> withdrawn));
    late.waiting(settings, "waits for database");
    late.clear();
    late.clear();
  }

  private static <T> T stub(Class<T> type, Function<String, Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName())));
  }

  @Test
  void tellsWhoWaitsForWhatUntilItIsTakenDown() {
    notice.waiting(settings, "waits for database");
    ServiceReference<?> first = hung();
    assertEquals("waits for database", first.getProperty("divan.waiting"));
    notice.waiting(settings, "port 1 is in use");
    assertEquals(first, hung(), "the same service");
    assertEquals("port 1 is in use", first.getProperty("divan.waiting"));
    notice.working();
    notice.working();
    assertNull(hung());
  }

  @Test
  void saysWhereItComesFromAndNothingElseOfTheConfiguration() {
    notice.refused(settings, settings.fault("port", "is a number"), false);
    assertEquals("lan", hung().getProperty("name"));
    assertEquals("f~lan", hung().getProperty("service.pid"));
    assertEquals("file:/etc/f-lan.cfg", hung().getProperty("felix.fileinstall.filename"));
    for (String property : new String[] {"port", "password", ".password"})
      assertNull(hung().getProperty(property));
  }

  @Test
  void aRefusalNamesInstanceAndPropertyAndSaysWhetherTheFormerStays() {
    assertEquals(
        "f lan: port is a number",
        notice.refused(settings, settings.fault("port", "is a number"), false));
    assertEquals("f lan: port is a number", hung().getProperty("divan.refused"));
    assertEquals(
        "f lan: port is a number; it runs on as configured before",
        notice.refused(settings, settings.fault("port", "is a number"), true));
  }

  @Test
  void aRefusalGoesBeforeAWaitingAndLastsUntilAConfigurationIsAccepted() {
    notice.waiting(settings, "waits for database");
    notice.refused(settings, settings.fault("no good"), true);
    assertNull(hung().getProperty("divan.waiting"));
    notice.working();
    notice.waiting(settings, "waits for TLS");
    assertEquals(
        "f lan: no good; it runs on as configured before", hung().getProperty("divan.refused"));
    notice.accepted();
    assertNull(hung().getProperty("divan.refused"));
    assertEquals("waits for TLS", hung().getProperty("divan.waiting"));
    notice.clear();
    assertNull(hung());
  }

  private ServiceReference<?> hung() {
    try {
      var all =
          framework
              .context()
              .getAllServiceReferences(null, "(|(divan.waiting=*)(divan.refused=*))");
      return all == null ? null : all[0];
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
