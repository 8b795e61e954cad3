// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.database.Collection;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Database;
import dev.divan.instance.Need;
import dev.divan.instance.Needs;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Dialer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** One version of a replicator's configuration: read, checked, and with the services it needs. */
final class Wishes {
  private static final int DAY_SECONDS = 86_400;

  private final Settings settings;
  private final URLEndpoint target;
  private final List<String> collections;
  private final boolean autostart;
  private final ReplicatorConfiguration template;
  private final Needs needs;
  private final Need<Database> database;
  private final Need<Dialer> dialer;
  private final @Nullable Need<TLSContexts> tls;
  private final @Nullable Need<Authenticator> authenticator;
  private final @Nullable Need<ReplicationFilter> pushFilter;
  private final @Nullable Need<ReplicationFilter> pullFilter;
  private final @Nullable Need<ConflictResolver> conflictResolver;

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  Wishes(BundleContext context, Settings settings, Turns turns, Needs.User user) {
    this.settings = settings;
    this.target = target(settings);
    this.collections = settings.collections("collections");
    this.autostart = settings.truth("autostart", true);
    this.template = template();
    this.needs = new Needs(context, turns, user);
    String scheme = target.url().getScheme();
    String databaseFilter = settings.target("database", "name");
    if (databaseFilter == null)
      throw settings.fault("database", "is missing: the name of the database to replicate");
    database = needs.lasting("database", Database.class, databaseFilter);
    dialer = needs.lasting(scheme + " transport", Dialer.class, Needs.named("schemes", scheme));
    tls = scheme.equals("wss") ? needs.lasting("TLS", TLSContexts.class, null) : null;
    authenticator = changing("authenticator", Authenticator.class);
    pushFilter = lasting("pushFilter", ReplicationFilter.class);
    pullFilter = lasting("pullFilter", ReplicationFilter.class);
    conflictResolver = lasting("conflictResolver", ConflictResolver.class);
  }

  private <T> @Nullable Need<T> changing(String property, Class<T> type) {
    String filter = settings.target(property, "name");
    return filter == null ? null : needs.changing(property, type, filter);
  }

  /**
   * What is asked about documents is held: without it the replicator pauses, it never goes on
   * unfiltered.
   */
  private <T> @Nullable Need<T> lasting(String property, Class<T> type) {
    String filter = settings.target(property, "name");
    return filter == null ? null : needs.lasting(property, type, filter);
  }

  private static URLEndpoint target(Settings settings) {
    String url = settings.required("url", "where the peer listens, wss://host:port/database");
    try {
      return URLEndpoint.of(url);
    } catch (IllegalArgumentException e) {
      throw settings.fault("url", "cannot be used: " + e.getMessage(), e);
    }
  }

  private ReplicatorConfiguration template() {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(target)
            .setType(settings.choice("type", ReplicatorType.class, ReplicatorType.PUSH_AND_PULL))
            .setContinuous(settings.truth("continuous", true))
            .setAcceptOnlySelfSignedServerCertificate(
                settings.truth("acceptOnlySelfSignedServerCertificate", false))
            .setHeaders(headers())
            .setHeartbeat(Duration.ofSeconds(settings.integer("heartbeat", 300, 0, DAY_SECONDS)))
            .setMaxAttempts(settings.integer("maxAttempts", 0, 0, Integer.MAX_VALUE))
            .setMaxAttemptWaitTime(
                Duration.ofSeconds(settings.integer("maxAttemptWaitTime", 300, 1, DAY_SECONDS)))
            .setRemoteId(settings.text("remoteId"));
    String pin = settings.text("pinnedServerCertificate");
    if (pin != null) {
      try {
        configuration.setPinnedServerFingerprint(PinText.fingerprint(pin));
      } catch (IllegalArgumentException e) {
        throw settings.fault("pinnedServerCertificate", "cannot be read: " + e.getMessage(), e);
      }
    }
    return configuration;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : settings.list("headers")) {
      int colon = line.indexOf(':');
      if (colon < 1) throw settings.fault("headers", "are name: value, not \"" + line + "\"");
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  boolean autostart() {
    return autostart;
  }

  Needs needs() {
    return needs;
  }

  Dialer dialer() {
    return dialer.get();
  }

  @Nullable TLSContexts tls() {
    return tls == null ? null : tls.get();
  }

  Database database() {
    return database.get();
  }

  /**
   * The configuration with the services of now.
   *
   * @throws IllegalArgumentException if the database lacks a collection
   */
  ReplicatorConfiguration configuration() {
    ReplicatorConfiguration configuration = new ReplicatorConfiguration(template);
    Database from = database.get();
    for (String full : collections) {
      int dot = full.indexOf('.');
      Collection collection = from.getCollection(full.substring(dot + 1), full.substring(0, dot));
      if (collection == null)
        throw new IllegalArgumentException(
            "collections: the database " + from.getName() + " has no collection " + full);
      configuration.addCollection(
          new CollectionConfiguration(collection)
              .setDocumentIDs(settings.list("documentIDs"))
              .setChannels(settings.list("channels"))
              .setPushFilter(pushFilter == null ? null : pushFilter.get())
              .setPullFilter(pullFilter == null ? null : pullFilter.get())
              .setConflictResolver(conflictResolver == null ? null : conflictResolver.get()));
    }
    if (authenticator != null) configuration.setAuthenticator(new Current(authenticator));
    return configuration;
  }

  /** Whichever authenticator is there when we connect. */
  private record Current(Need<Authenticator> need) implements Authenticator {
    @Override
    public Map<String, String> headers() {
      return need.get().headers();
    }

    @Override
    public @Nullable TLSIdentity identity() {
      return need.get().identity();
    }
  }
}
