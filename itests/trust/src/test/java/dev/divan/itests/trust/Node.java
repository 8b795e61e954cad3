// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.itests.Await;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** A node: Felix with the bundles, all started, and one database {@code notes} in memory. */
final class Node implements AutoCloseable {
  private static final Path BUNDLES = Path.of("target", "bundles");

  /** Given to the bundles by the framework, out of the test's class path. */
  private static final List<String> SHARED = List.of("dev.divan.api", "jackson-core");

  private static final String SLF4J = ";version=2.0.17";
  private static final String OLD_SLF4J = ";version=1.7.36";
  private static final int PATIENCE_SECONDS = 60;
  private static final long STOP_MILLIS = 20_000;

  private final Felix felix;
  private final Map<String, Bundle> bundles = new LinkedHashMap<>();

  Node(Path home) throws BundleException, IOException {
    Map<String, String> properties = new HashMap<>();
    properties.put(Constants.FRAMEWORK_STORAGE, home.resolve("framework").toString());
    properties.put(Constants.FRAMEWORK_BUNDLE_PARENT, Constants.FRAMEWORK_BUNDLE_PARENT_FRAMEWORK);
    properties.put(
        Constants.FRAMEWORK_BOOTDELEGATION,
        dev.divan.itests.trust.login.Porter.class.getPackageName());
    properties.put("felix.bootdelegation.implicit", "false");
    properties.put("ds.loglevel", "1");
    properties.put(
        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
        String.join(
            ",",
            exports("dev.divan.api"),
            "org.slf4j" + SLF4J,
            // the API of health checks asks for the old one; it is the same
            "org.slf4j" + OLD_SLF4J,
            "org.slf4j.helpers" + OLD_SLF4J,
            "org.slf4j.spi" + SLF4J,
            "org.slf4j.helpers" + SLF4J,
            "org.slf4j.event" + SLF4J,
            "org.osgi.service.cm;version=1.6.1"));
    felix = new Felix(properties);
    felix.start();
    for (Path jar : jars()) {
      try (InputStream bytes = Files.newInputStream(jar)) {
        Bundle bundle = context().installBundle(jar.getFileName().toString(), bytes);
        bundles.put(bundle.getSymbolicName(), bundle);
      }
    }
    for (Bundle each : bundles.values()) each.start();
    configure("dev.divan.tls", Map.of("directory", home.resolve("identities").toString()));
    configure("dev.divan.store.memory", "heap", Map.of());
    configure("dev.divan.database", "notes", Map.of("store", "heap"));
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(BUNDLES)) {
      return files
          .filter(file -> SHARED.stream().noneMatch(file.getFileName().toString()::startsWith))
          .sorted()
          .toList();
    }
  }

  private static String exports(String symbolicName) throws IOException {
    try (JarFile jar = new JarFile(BUNDLES.resolve(symbolicName + ".jar").toFile())) {
      return jar.getManifest().getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
    }
  }

  BundleContext context() {
    return felix.getBundleContext();
  }

  Bundle bundle(String symbolicName) {
    Bundle bundle = bundles.get(symbolicName);
    if (bundle == null) throw new IllegalArgumentException("no bundle " + symbolicName);
    return bundle;
  }

  /** Adds or changes a configuration of a factory. */
  void configure(String factoryPid, String name, Map<String, ?> properties) {
    admin(
        admin ->
            admin
                .getFactoryConfiguration(factoryPid, name, "?")
                .update(new Hashtable<>(properties)));
  }

  private void configure(String pid, Map<String, ?> properties) {
    admin(admin -> admin.getConfiguration(pid, "?").update(new Hashtable<>(properties)));
  }

  void forget(String factoryPid, String name) {
    admin(admin -> admin.getFactoryConfiguration(factoryPid, name, "?").delete());
  }

  /** Takes a replicator away, and waits until it has gone. */
  void forgetReplicator(String name) throws InterruptedException {
    forget("dev.divan.replicator", name);
    Await.that(
        () -> service(Replicator.class, "(name=" + name + ")") == null, () -> name + " stays");
  }

  private interface Errand {
    void run(ConfigurationAdmin admin) throws IOException, InvalidSyntaxException;
  }

  private void admin(Errand errand) {
    ConfigurationAdmin admin = service(ConfigurationAdmin.class, "(service.pid=*)");
    if (admin == null) throw new IllegalStateException("no Configuration Admin");
    try {
      errand.run(admin);
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The best ranked service of a type; null if there is none now. */
  <T> @Nullable T service(Class<T> type, String filter) {
    try {
      return context().getServiceReferences(type, filter).stream()
          .sorted(java.util.Comparator.reverseOrder())
          .findFirst()
          .map(context()::getService)
          .orElse(null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  <T> T await(Class<T> type, String filter) throws InterruptedException {
    Await.that(
        () -> service(type, filter) != null,
        () -> "no " + type.getSimpleName() + " " + filter + ", but " + notices());
    T found = service(type, filter);
    if (found == null) throw new AssertionError(filter + " has gone");
    return found;
  }

  URLEndpointListener listener(String name) throws InterruptedException {
    return await(URLEndpointListener.class, "(name=" + name + ")");
  }

  /** What its components wait for or refuse: names and sentences. */
  Map<String, String> notices() {
    Map<String, String> notices = new TreeMap<>();
    for (ServiceReference<?> each : services("(|(divan.waiting=*)(divan.refused=*))")) {
      Object refused = each.getProperty("divan.refused");
      notices.put(
          String.valueOf(each.getProperty("name")),
          String.valueOf(refused == null ? each.getProperty("divan.waiting") : refused));
    }
    return notices;
  }

  /** Waits until an instance says that. */
  void awaitNotice(String name, String words) throws InterruptedException {
    Await.that(
        () -> notices().getOrDefault(name, "").contains(words),
        () -> name + " does not say \"" + words + "\", but " + notices());
  }

  List<ServiceReference<?>> services(@Nullable String filter) {
    try {
      ServiceReference<?>[] found = context().getAllServiceReferences(null, filter);
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  Collection documents() throws InterruptedException {
    return await(Database.class, "(name=notes)").getDefaultCollection();
  }

  void write(String id) throws InterruptedException {
    documents().save(new MutableDocument(id).setValue("text", id));
  }

  boolean has(String id) throws InterruptedException {
    Document document = documents().getDocument(id);
    return document != null;
  }

  void awaitDocument(String id) throws InterruptedException {
    Await.that(() -> has(id), () -> id + " does not arrive; " + notices());
  }

  /** Starts a replicator that is not started by itself, and waits for its end. */
  @Nullable ReplicatorException run(String name) throws InterruptedException {
    Replicator replicator = await(Replicator.class, "(name=" + name + ")");
    CountDownLatch stopped = new CountDownLatch(1);
    replicator.addChangeListener(
        change -> {
          if (change.getStatus().getActivityLevel() == ReplicatorActivityLevel.STOPPED)
            stopped.countDown();
        });
    replicator.start();
    if (!stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
      throw new AssertionError(replicator.getStatus() + " " + replicator.openWork());
    return replicator.getStatus().getError();
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    felix.stop();
    if (felix.waitForStop(STOP_MILLIS).getType() == FrameworkEvent.WAIT_TIMEDOUT)
      throw new AssertionError("the framework does not stop");
  }
}
