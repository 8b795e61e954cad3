// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.DatabaseClosedException;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import dev.divan.testkit.fake.Fake;
import dev.divan.testkit.fake.FakeListener;
import dev.divan.testkit.fake.FakeReplicator;
import dev.divan.testkit.osgi.TestFramework;
import dev.divan.tls.TLSIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The checks with services that come and go in a real framework. */
class ChecksTest {
  @TempDir Path directory;
  private TestFramework framework;
  private BundleContext context;
  private HealthSettings settings;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(directory.resolve("fw"));
    context = framework.context();
    settings = new HealthSettings(context, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    settings.deactivate();
    framework.close();
  }

  private <T> ServiceRegistration<T> register(Class<T> type, T service, Object... pairs) {
    return framework.register(type, service, pairs);
  }

  private static void says(HealthCheck check, Result.Status status, String... words) {
    Result result = check.execute();
    assertEquals(status, result.getStatus(), result::toString);
    for (String word : words) assertTrue(result.toString().contains(word), result::toString);
  }

  private boolean inUse(ServiceReference<?> reference) {
    return reference.getUsingBundles() != null;
  }

  private static URLEndpointListener listener(String host, TLSIdentity identity) {
    return new FakeListener(
            new URLEndpointListenerConfiguration(Set.of(Fake.collection("notes")))
                .setNetworkInterface(host)
                .setTlsIdentity(identity))
        .listener;
  }

  private static TLSIdentity identity(String until) {
    return Fake.of(
        TLSIdentity.class,
        new Object() {
          String getLabel() {
            return "gate";
          }

          String getFingerprint() {
            return "abcd";
          }

          Instant getExpiration() {
            return Instant.parse(until);
          }

          List<X509Certificate> getCerts() {
            return List.of();
          }
        });
  }

  @Test
  void aListenerIsJudgedWhileItIsThere() {
    ListenersCheck check = new ListenersCheck(context);
    says(check, Result.Status.OK, "no listener");
    TLSIdentity identity = identity("2030-01-01T00:00:00Z");
    var open = register(URLEndpointListener.class, listener("10.0.0.2", identity), "name", "lan");
    says(check, Result.Status.WARN, "listener lan lets everyone in");
    var guarded =
        register(
            URLEndpointListener.class,
            listener("127.0.0.1", identity),
            "name",
            "local",
            "authenticator",
            "staff");
    says(check, Result.Status.CRITICAL, "listener local lets nobody in", "staff");
    assertFalse(inUse(open.getReference()), "let go of after the look");
    guarded.unregister();
    open.unregister();
    register(URLEndpointListener.class, listener("127.0.0.1", identity), "name", "local");
    says(check, Result.Status.OK, "listener local listens");
  }

  @Test
  void noticesAreReadByInstanceAndFile() {
    ConfigurationsCheck check = new ConfigurationsCheck(context);
    says(check, Result.Status.OK);
    Settings lan =
        new Settings(
            "dev.divan.listener",
            Map.of(
                "service.factoryPid", "dev.divan.listener",
                "service.pid", "dev.divan.listener~lan",
                "felix.fileinstall.filename", "file:/opt/etc/dev.divan.listener-lan.cfg",
                ".password", "geheim"));
    Notice notice = new Notice(context);
    notice.waiting(lan, "waits for database (name=notes)");
    says(
        check,
        Result.Status.TEMPORARILY_UNAVAILABLE,
        "dev.divan.listener lan: waits for database (name=notes)",
        "in dev.divan.listener-lan.cfg");
    says(new ListenersCheck(context), Result.Status.CRITICAL, "listener lan is not open");
    notice.refused(lan, lan.fault("port", "is a number"), false);
    says(check, Result.Status.CRITICAL, "port is a number");
    register(
        URLEndpointListener.class,
        listener("127.0.0.1", identity("2030-01-01T00:00:00Z")),
        "name",
        "lan",
        "service.pid",
        "dev.divan.listener~lan");
    says(check, Result.Status.WARN, "port is a number");
    says(new ListenersCheck(context), Result.Status.WARN, "listener lan listens");
    notice.clear();
    says(check, Result.Status.OK);
  }

  @Test
  void aCertificateIsFoundAsServiceAndBehindAListenerOnce() {
    CertificatesCheck check =
        new CertificatesCheck(
            context, settings, Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC));
    says(check, Result.Status.OK);
    TLSIdentity identity = identity("2026-12-01T00:00:00Z");
    register(TLSIdentity.class, identity, "label", "gate");
    register(URLEndpointListener.class, listener("10.0.0.2", identity), "name", "lan");
    says(check, Result.Status.WARN, "gate, shown by listener lan, expires at 2026-12-01");
    assertEquals(1, lines(check.execute()));
  }

  private static int lines(Result result) {
    List<Object> lines = new ArrayList<>();
    result.forEach(lines::add);
    return lines.size();
  }

  @Test
  void theDirectoryOfAStoreIsLookedAtAndThresholdsAreHot() {
    DiskCheck check = new DiskCheck(context, settings);
    says(check, Result.Status.OK, "no store");
    Path future = directory.resolve("not/made/yet");
    register(Store.class, Fake.of(Store.class, new Object()), "directory", future.toString());
    says(check, Result.Status.OK, future.toString());
    settings.modified(Map.of("diskWarnMB", Integer.toString(Integer.MAX_VALUE)));
    says(check, Result.Status.WARN, "Make room");
    settings.modified(Map.of("diskWarnMB", "much"));
    says(check, Result.Status.WARN, "Make room");
    says(new ConfigurationsCheck(context), Result.Status.WARN, "diskWarnMB is a number");
    settings.modified(Map.of());
    says(check, Result.Status.OK);
  }

  @Test
  void aClosedDatabaseAndABrokenStoreAreRed() {
    StoresCheck check = new StoresCheck(context);
    Object broken =
        new Object() {
          Set<String> names() {
            throw new StoreException("/data is damaged");
          }

          Collection getDefaultCollection() {
            throw new DatabaseClosedException("notes");
          }
        };
    var store = register(Store.class, Fake.of(Store.class, broken), "name", "main");
    says(check, Result.Status.CRITICAL, "store main cannot be read: /data is damaged");
    store.unregister();
    register(Database.class, Fake.of(Database.class, broken), "name", "notes");
    says(check, Result.Status.CRITICAL, "database notes cannot be read: database is closed");
  }

  @Test
  void theClockOfThisMachineGoesEvenly() {
    says(new ClockCheck(context, settings), Result.Status.OK, "goes evenly");
    assertEquals(Instant.parse("2027-01-01T00:00:00Z"), ClockCheck.built("2027-01-01T00:00:00Z"));
    assertEquals(ClockCheck.built(null), ClockCheck.built("yesterday"));
  }

  private static FakeReplicator site() {
    return new FakeReplicator(ReplicatorActivityLevel.CONNECTING, 0, 0);
  }

  @Test
  void aReplicatorIsFollowedFromWhenItComesUntilItGoes() {
    ReplicatorWatch watch = new ReplicatorWatch(context);
    SessionsCheck sessions = new SessionsCheck(context, watch, settings);
    PendingCheck pending = new PendingCheck(watch, settings);
    says(sessions, Result.Status.OK, "no replicator");
    FakeReplicator site = site();
    site.pending = Set.of("a", "b");
    var registration = register(Replicator.class, site.replicator, "name", "site-b");
    says(sessions, Result.Status.OK, "replicator site-b is connecting");
    says(pending, Result.Status.OK, "2 documents");
    site.become(
        ReplicatorActivityLevel.OFFLINE,
        new ReplicatorException(Domain.TLS, 0, true, "the pin does not match", null));
    site.become(ReplicatorActivityLevel.CONNECTING, null);
    says(sessions, Result.Status.WARN, "the pin does not match", "pinnedServerCertificate");
    registration.unregister();
    says(sessions, Result.Status.OK, "no replicator");
    assertTrue(site.listeners.isEmpty(), "no listener is left behind");
    watch.deactivate();
  }

  @Test
  void nothingIsLeftAfterFiftyComingsAndGoings() {
    FakeReplicator site = site();
    for (int i = 0; i < 50; i++) {
      var registration = register(Replicator.class, site.replicator, "name", "site-b");
      ReplicatorWatch watch = new ReplicatorWatch(context);
      says(new SessionsCheck(context, watch, settings), Result.Status.OK, "site-b");
      assertEquals(1, site.listeners.size());
      watch.deactivate();
      assertTrue(site.listeners.isEmpty());
      assertNull(registration.getReference().getUsingBundles());
      registration.unregister();
    }
  }
}
