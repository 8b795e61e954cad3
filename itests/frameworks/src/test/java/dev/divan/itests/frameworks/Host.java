// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import dev.divan.itests.Await;
import dev.divan.itests.frameworks.site.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * A framework in this JVM with all bundles installed, of which only Configuration Admin and the
 * {@link Site} run.
 */
final class Host implements AutoCloseable {
  static final Path BUNDLES = Path.of("target", "bundles");

  private static final String CONFIGURATION_ADMIN = "org.apache.felix.configadmin";
  private static final String SLF4J = ";version=2.0.17";
  private static final long STOP_MILLIS = 20_000;

  private static final String ACTIVITY = "replicator.activity";

  // What differs from one run to the next, or with the order.
  private static final Set<String> PASSING =
      Set.of(
          ACTIVITY,
          Constants.SERVICE_ID,
          Constants.SERVICE_BUNDLEID,
          Constants.SERVICE_CHANGECOUNT,
          "component.id",
          "database.uuid");

  private final Framework framework;
  private final Map<String, Bundle> bundles = new LinkedHashMap<>();

  Host(Kind kind, Path storage) throws BundleException, IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    properties.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_BOOT);
    properties.put("felix.bootdelegation.implicit", "false");
    properties.put("osgi.compatibility.bootdelegation", "false");
    properties.put("ds.loglevel", "1");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        String.join(
            ",",
            "org.slf4j" + SLF4J,
            "org.slf4j.spi" + SLF4J,
            "org.slf4j.helpers" + SLF4J,
            "org.slf4j.event" + SLF4J,
            // the health checks' API knows no newer
            "org.slf4j;version=1.7.36",
            "org.slf4j.helpers;version=1.7.36",
            "org.osgi.service.cm;version=1.6.1",
            Site.class.getPackageName()));
    framework = kind.framework(properties);
    framework.start();
    for (Path jar : jars()) {
      Bundle bundle = install(jar.getFileName().toString(), Files.readAllBytes(jar));
      bundles.put(bundle.getSymbolicName(), bundle);
    }
    Parcel site =
        new Parcel(dev.divan.itests.frameworks.inside.SiteActivator.class)
            .importing(
                Site.class.getPackageName(),
                "dev.divan.database",
                "dev.divan.replicator",
                "org.osgi.util.tracker");
    bundle(CONFIGURATION_ADMIN).start();
    install(site.name(), site.jar()).start();
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files.sorted().toList();
    }
  }

  static Path jar(String symbolicName) {
    return BUNDLES.resolve(symbolicName + ".jar");
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  Bundle install(String location, byte[] jar) throws BundleException {
    return context().installBundle(location, new ByteArrayInputStream(jar));
  }

  Bundle install(Parcel parcel) throws BundleException, IOException {
    return install(parcel.name(), parcel.jar());
  }

  /** Takes out what the test has put in, the site with it. */
  void uninstallParcels() throws BundleException {
    for (Bundle each : context().getBundles())
      if (each.getSymbolicName().startsWith(Parcel.PREFIX)) each.uninstall();
  }

  Bundle bundle(String symbolicName) {
    Bundle bundle = bundles.get(symbolicName);
    if (bundle == null) throw new IllegalArgumentException("no bundle " + symbolicName);
    return bundle;
  }

  /** All but those that always run. */
  List<Bundle> startable() {
    return bundles.values().stream()
        .filter(bundle -> !bundle.getSymbolicName().equals(CONFIGURATION_ADMIN))
        .toList();
  }

  List<String> ours() {
    return bundles.keySet().stream().filter(name -> name.startsWith("dev.divan.")).toList();
  }

  /** Replaces a bundle by itself: new class loader, and new wires for whoever imports from it. */
  void update(String symbolicName) throws Exception {
    try (InputStream jar = Files.newInputStream(jar(symbolicName))) {
      bundle(symbolicName).update(jar);
    }
    refresh();
  }

  /** Takes a bundle out and puts it in again. */
  void reinstall(String symbolicName) throws Exception {
    bundle(symbolicName).uninstall();
    refresh();
    Path jar = jar(symbolicName);
    bundles.put(symbolicName, install(jar.getFileName().toString(), Files.readAllBytes(jar)));
    bundle(symbolicName).start();
    // those that imported from the former could not resolve meanwhile, and were left behind
    for (Bundle each : bundles.values()) if (each.getState() != Bundle.ACTIVE) each.start();
    for (Bundle each : context().getBundles()) if (each.getState() != Bundle.ACTIVE) each.start();
  }

  /** Lets go of what was updated or uninstalled, and wires anew who was wired to it. */
  void refresh() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    framework
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            null,
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) done.countDown();
            });
    if (!done.await(30, TimeUnit.SECONDS)) throw new AssertionError("refreshing does not end");
  }

  /** Adds a configuration of a factory. */
  void configure(String factoryPid, String name, Map<String, ?> properties) {
    admin(admin -> admin.getFactoryConfiguration(factoryPid, name, "?").update(table(properties)));
  }

  /** Sets the one configuration of a PID. */
  void configure(String pid, Map<String, ?> properties) {
    admin(admin -> admin.getConfiguration(pid, "?").update(table(properties)));
  }

  /** Takes a configuration away, if it is there. */
  void forget(String pid) {
    admin(
        admin -> {
          Configuration[] found =
              admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
          if (found != null) for (Configuration each : found) each.delete();
        });
  }

  private static Hashtable<String, Object> table(Map<String, ?> properties) {
    return new Hashtable<>(properties);
  }

  private interface Errand {
    void run(ConfigurationAdmin admin) throws IOException, InvalidSyntaxException;
  }

  private void admin(Errand errand) {
    ServiceReference<ConfigurationAdmin> reference =
        context().getServiceReference(ConfigurationAdmin.class);
    try {
      errand.run(context().getService(reference));
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    } finally {
      context().ungetService(reference);
    }
  }

  /** The site as it is now; null while it is away. */
  @Nullable Site site() {
    ServiceReference<Site> reference = context().getServiceReference(Site.class);
    return reference == null ? null : context().getService(reference);
  }

  /**
   * The services of our bundles, in order, with the properties that do not change from run to run.
   */
  List<String> services() {
    List<String> services = new ArrayList<>();
    for (Bundle bundle : bundles.values()) {
      if (bundle.getState() == Bundle.UNINSTALLED
          || !bundle.getSymbolicName().startsWith("dev.divan.")) continue;
      ServiceReference<?>[] registered = bundle.getRegisteredServices();
      if (registered != null)
        for (ServiceReference<?> each : registered) services.add(described(each));
    }
    services.sort(null);
    return services;
  }

  static String described(ServiceReference<?> reference) {
    Map<String, Object> properties = new TreeMap<>();
    for (String key : reference.getPropertyKeys()) {
      Object value = reference.getProperty(key);
      if (!PASSING.contains(key))
        properties.put(key, value instanceof Object[] many ? Arrays.asList(many) : value);
    }
    return properties.toString();
  }

  /** Waits until no replicator says that it is anything but idle. */
  void awaitIdle() throws InterruptedException {
    Await.that(
        Duration.ofSeconds(30),
        () -> {
          ServiceReference<?>[] busy =
              context()
                  .getAllServiceReferences(
                      null, "(&(" + ACTIVITY + "=*)(!(" + ACTIVITY + "=IDLE)))");
          return busy == null;
        },
        () -> "a replicator does not come to rest" + state());
  }

  /** What our components wait for or refuse, in their words. */
  List<String> notices() {
    try {
      ServiceReference<?>[] found =
          context().getAllServiceReferences(null, "(|(divan.waiting=*)(divan.refused=*))");
      return found == null ? List.of() : Arrays.stream(found).map(Host::described).toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that helps to understand why something did not happen. */
  String state() {
    List<String> lines = new ArrayList<>();
    for (Bundle each : context().getBundles())
      if (each.getState() != Bundle.ACTIVE)
        lines.add("bundle " + each.getSymbolicName() + " is in state " + each.getState());
    notices().forEach(line -> lines.add("notice " + line));
    services().forEach(line -> lines.add("service " + line));
    Site site = site();
    if (site != null) site.replicators().forEach(line -> lines.add("replicator " + line));
    return lines.stream().collect(Collectors.joining("\n  ", "\n  ", ""));
  }

  /** Waits until a document is in a database. */
  void awaitText(String database, String id, String text) throws InterruptedException {
    Await.that(
        Duration.ofSeconds(30),
        () -> {
          Site site = site();
          return site != null && text.equals(site.text(database, id));
        },
        () -> id + " does not arrive in " + database + state());
  }

  /** Waits until a document could be saved. */
  void awaitSaved(String database, String id, String text) throws InterruptedException {
    Await.that(
        Duration.ofSeconds(30),
        () -> {
          Site site = site();
          return site != null && site.save(database, id, text);
        },
        () -> id + " cannot be saved in " + database + state());
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    if (framework.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT)
      throw new AssertionError("the framework does not stop");
  }
}
