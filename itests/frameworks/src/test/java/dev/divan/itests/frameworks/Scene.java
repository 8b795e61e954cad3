// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import dev.divan.itests.frameworks.inside.BadgeActivator;
import dev.divan.itests.frameworks.inside.FilterActivator;
import dev.divan.itests.frameworks.inside.StoreActivator;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * The working state that all orders must end in: a database on disk behind two listeners, one with
 * TLS and a password, one with somebody else's authenticator, and two databases kept alike with it
 * by replicators, one of them with somebody else's filter and store.
 */
final class Scene {
  /** Something that happens on the way to the working state, and can be taken back. */
  record Event(String what, Step forth, Step back) {
    @Override
    public String toString() {
      return what;
    }
  }

  interface Step {
    void run() throws Exception;
  }

  private final Host host;
  private final List<Event> events = new ArrayList<>();
  private final int lan;

  /**
   * @param data survives the framework
   * @param ports two
   */
  Scene(Host host, Path data, List<Integer> ports) throws IOException, BundleException {
    this.host = host;
    for (Bundle each : host.startable())
      events.add(new Event("start " + each.getSymbolicName(), each::start, each::stop));
    arrives(new Parcel(BadgeActivator.class).importing("dev.divan.auth"));
    arrives(
        new Parcel(FilterActivator.class).importing("dev.divan.replicator", "dev.divan.database"));
    arrives(
        new Parcel(StoreActivator.class)
            .importing("dev.divan.store")
            .carrying(Host.jar("dev.divan.store.memory")));
    lan = ports.get(0);
    configurations(data, ports.get(1));
  }

  List<Event> events() {
    return events;
  }

  private void arrives(Parcel parcel) throws IOException, BundleException {
    Bundle bundle = host.install(parcel);
    events.add(new Event("service of " + parcel.name(), bundle::start, bundle::stop));
  }

  private void configurations(Path data, int guests) {
    events.add(
        new Event(
            "configuration dev.divan.tls",
            () ->
                host.configure(
                    "dev.divan.tls", Map.of("directory", data.resolve("identities").toString())),
            () -> host.forget("dev.divan.tls")));
    configured("dev.divan.store.xodus", "disk", Map.of("directory", data.resolve("disk") + ""));
    configured("dev.divan.store.memory", "heap", Map.of());
    configured("dev.divan.database", "office", Map.of("store", "disk"));
    configured("dev.divan.database", "field", Map.of("store.target", "(name=own)"));
    configured("dev.divan.database", "visitor", Map.of("store", "heap"));
    configured("dev.divan.tls.selfsigned", "lan", Map.of("commonName", "office"));
    configured(
        "dev.divan.listener.auth.password",
        "staff",
        Map.of("username", "tablet", ".passwordHash", hash("secret")));
    configured(
        "dev.divan.listener",
        "lan",
        Map.of(
            "database", "office",
            "port", lan,
            "networkInterface", "127.0.0.1",
            "tlsIdentity", "lan",
            "authenticator", "staff"));
    configured(
        "dev.divan.listener",
        "guests",
        Map.of(
            "database", "office",
            "port", "" + guests,
            "networkInterface", "127.0.0.1",
            "disableTLS", "true",
            "authenticator.target", "(name=badge)"));
    configured(
        "dev.divan.auth.basic", "tablet", Map.of("username", "tablet", ".password", "secret"));
    configured("dev.divan.auth.basic", "guest", Map.of("username", "guest", ".password", "4711"));
    configured(
        "dev.divan.replicator",
        "home",
        Map.of(
            "database",
            "field",
            "url",
            "wss://127.0.0.1:" + lan + "/office",
            "authenticator",
            "tablet",
            "acceptOnlySelfSignedServerCertificate",
            true,
            "pushFilter",
            "open",
            "maxAttemptWaitTime",
            1));
    configured(
        "dev.divan.replicator",
        "visit",
        Map.of(
            "database", "visitor",
            "url", "ws://127.0.0.1:" + guests + "/office",
            "authenticator", "guest",
            "maxAttemptWaitTime", "1"));
  }

  /**
   * One more database on disk, {@code branch}, in another kind of store, kept alike with {@code
   * office} by way of TLS.
   */
  void replicateOnDisk(Path data) {
    configured(
        "dev.divan.store.mvstore", "further", Map.of("directory", data.resolve("further") + ""));
    configured("dev.divan.database", "branch", Map.of("store", "further"));
    configured(
        "dev.divan.replicator",
        "branch",
        Map.of(
            "database",
            "branch",
            "url",
            "wss://127.0.0.1:" + lan + "/office",
            "authenticator",
            "tablet",
            "acceptOnlySelfSignedServerCertificate",
            true,
            "maxAttemptWaitTime",
            1));
  }

  private void configured(String factoryPid, String name, Map<String, ?> properties) {
    events.add(
        new Event(
            "configuration " + factoryPid + "~" + name,
            () -> host.configure(factoryPid, name, properties),
            () -> host.forget(factoryPid + "~" + name)));
  }

  /** As few iterations as are read: the tests are many. */
  private static String hash(String password) {
    byte[] salt = new byte[16];
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1000, 256))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "pbkdf2-sha256$1000$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Documents go every way: from the disk to both others, and from these to the disk and on. */
  void proveItWorks(String mark) throws InterruptedException {
    for (String from : List.of("office", "field", "visitor"))
      host.awaitSaved(from, from + "-" + mark, "from " + from);
    for (String to : List.of("office", "field", "visitor"))
      for (String from : List.of("office", "field", "visitor"))
        host.awaitText(to, from + "-" + mark, "from " + from);
  }
}
