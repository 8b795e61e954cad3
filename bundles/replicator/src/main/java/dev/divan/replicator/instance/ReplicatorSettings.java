// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.instance.Settings;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a configuration of a replicator says: read and checked. */
final class ReplicatorSettings {
  private static final int DAY_SECONDS = 86_400;
  private static final List<String> SERVICES =
      List.of("authenticator", "pushFilter", "pullFilter", "conflictResolver");

  private final Settings source;
  private final String database;
  private final List<String> collections;
  private final boolean autostart;
  private final Set<X509Certificate> authorities = new LinkedHashSet<>();
  private final ReplicatorConfiguration template;
  private final Map<String, String> services = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  ReplicatorSettings(Settings source) {
    this.source = source;
    String from = source.target("database", "name");
    if (from == null)
      throw source.fault("database", "is missing: the name of the database to replicate");
    database = from;
    collections = source.collections("collections");
    autostart = source.truth("autostart", true);
    template = template();
    for (String property : SERVICES) {
      String filter = source.target(property, "name");
      if (filter != null) services.put(property, filter);
    }
  }

  private ReplicatorConfiguration template() {
    ReplicatorConfiguration template =
        new ReplicatorConfiguration(peer())
            .setType(source.choice("type", ReplicatorType.class, ReplicatorType.PUSH_AND_PULL))
            .setContinuous(source.truth("continuous", true))
            .setAcceptOnlySelfSignedServerCertificate(
                source.truth("acceptOnlySelfSignedServerCertificate", false))
            .setHeaders(headers())
            .setHeartbeat(Duration.ofSeconds(source.integer("heartbeat", 300, 0, DAY_SECONDS)))
            .setMaxAttempts(source.integer("maxAttempts", 0, 0, Integer.MAX_VALUE))
            .setMaxAttemptWaitTime(
                Duration.ofSeconds(source.integer("maxAttemptWaitTime", 300, 1, DAY_SECONDS)))
            .setRemoteId(source.text("remoteId"))
            .setAutoPurge(source.truth("enableAutoPurge", true));
    read(
        "pinnedServerCertificate",
        text -> template.setPinnedServerFingerprints(PinText.fingerprints(text)));
    read(
        "trustedCertificates",
        text -> {
          authorities.addAll(CertificateText.read(text));
          template.setTrustedCertificates(authorities);
        });
    if (!template.getTarget().isSecure())
      for (String property : List.of("pinnedServerCertificate", "trustedCertificates"))
        if (source.text(property) != null)
          throw source.fault(property, "needs a url with wss://: in clear nobody is recognised");
    return template;
  }

  private void read(String property, Consumer<String> reader) {
    String text = source.text(property);
    if (text == null) return;
    try {
      reader.accept(text);
    } catch (IllegalArgumentException e) {
      throw source.fault(property, "cannot be read: " + e.getMessage(), e);
    }
  }

  private URLEndpoint peer() {
    String url = source.required("url", "where the peer listens, wss://host:port/database");
    try {
      return URLEndpoint.of(url);
    } catch (IllegalArgumentException e) {
      throw source.fault("url", "cannot be used: " + e.getMessage(), e);
    }
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : source.list("headers")) {
      int colon = line.indexOf(':');
      // What follows the name may be a secret, and is not repeated.
      if (colon < 1) throw source.fault("headers", "are name: value, one of them has no colon");
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  Settings source() {
    return source;
  }

  String name() {
    return source.name();
  }

  /** A filter for the database service. */
  String database() {
    return database;
  }

  URLEndpoint target() {
    return template.getTarget();
  }

  List<String> collections() {
    return collections;
  }

  List<String> documentIDs() {
    return source.list("documentIDs");
  }

  List<String> channels() {
    return source.list("channels");
  }

  boolean autostart() {
    return autostart;
  }

  /** A filter for the service that a property names; null if it names none. */
  @Nullable String service(String property) {
    return services.get(property);
  }

  /** A copy, without collections and services. */
  ReplicatorConfiguration configuration() {
    return new ReplicatorConfiguration(template);
  }

  /** What may be seen by everyone. */
  Map<String, Object> open() {
    Map<String, Object> open = source.open();
    open.remove("headers");
    return open;
  }

  /** Every property in words for the log, to be compared with another version. */
  Map<String, Object> said() {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("name", name());
    said.put("database", database);
    said.put("url", target().url());
    said.put("collections", collections);
    said.put("type", template.getType());
    said.put("continuous", template.isContinuous());
    said.put("documentIDs", documentIDs());
    said.put("channels", channels());
    said.put("remoteId", words(template.getRemoteId()));
    said.put("enableAutoPurge", template.isAutoPurge());
    said.put("autostart", autostart);
    for (String property : SERVICES) said.put(property, words(services.get(property)));
    said.put("headers", new Headers(template.getHeaders()));
    said.put(
        "acceptOnlySelfSignedServerCertificate",
        template.isAcceptOnlySelfSignedServerCertificate());
    said.put("pinnedServerCertificate", pins());
    said.put("trustedCertificates", authorities());
    said.put("heartbeat", template.getHeartbeat().toSeconds() + " s");
    said.put("maxAttempts", template.getMaxAttempts());
    said.put("maxAttemptWaitTime", template.getMaxAttemptWaitTime().toSeconds() + " s");
    return said;
  }

  private List<String> pins() {
    return template.getServerTrust() instanceof ServerTrust.Pinned pinned
        ? List.copyOf(pinned.fingerprints())
        : List.of();
  }

  /** As fingerprints, which are shorter; also while another rule beats them. */
  private List<String> authorities() {
    return authorities.stream().map(TLSIdentity::fingerprint).sorted().toList();
  }

  private static String words(@Nullable String value) {
    return value == null ? "none" : value;
  }

  /** Compared whole, shown by name only: a value may be a secret. */
  private record Headers(Map<String, String> headers) {
    @Override
    public String toString() {
      return new TreeSet<>(headers.keySet()).toString();
    }
  }
}
