// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.database.Collection;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Database;
import dev.divan.instance.Need;
import dev.divan.instance.Needs;
import dev.divan.instance.Turns;
import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.tls.TLSContexts;
import dev.divan.transport.Dialer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The services that one version of a configuration needs, and the configuration they make. */
final class Wishes {
  private final ReplicatorSettings settings;
  private final Needs needs;
  private final Need<Database> database;
  private final Need<Dialer> dialer;
  private final @Nullable Need<TLSContexts> tls;
  private final @Nullable Need<Authenticator> authenticator;
  private final @Nullable Need<ReplicationFilter> pushFilter;
  private final @Nullable Need<ReplicationFilter> pullFilter;
  private final @Nullable Need<ConflictResolver> conflictResolver;

  /** What a replicator is built on: with another, it is another replicator. */
  record Surroundings(Database database, Dialer dialer, @Nullable TLSContexts tls) {}

  Wishes(BundleContext context, ReplicatorSettings settings, Turns turns, Needs.User user) {
    this.settings = settings;
    this.needs = new Needs(context, turns, user);
    String scheme = settings.target().url().getScheme();
    database = needs.lasting("database", Database.class, settings.database());
    dialer = needs.lasting(scheme + " transport", Dialer.class, Needs.named("schemes", scheme));
    tls = scheme.equals("wss") ? needs.lasting("TLS", TLSContexts.class, null) : null;
    authenticator = changing("authenticator", Authenticator.class);
    pushFilter = changing("pushFilter", ReplicationFilter.class);
    pullFilter = changing("pullFilter", ReplicationFilter.class);
    conflictResolver = changing("conflictResolver", ConflictResolver.class);
  }

  private <T> @Nullable Need<T> changing(String property, Class<T> type) {
    String filter = settings.service(property);
    return filter == null ? null : needs.changing(property, type, filter);
  }

  Needs needs() {
    return needs;
  }

  Surroundings surroundings() {
    return new Surroundings(database.get(), dialer.get(), tls == null ? null : tls.get());
  }

  /** Whether what a replicator is built on is there, whoever else may be missing. */
  boolean haveGround() {
    List<String> missing = needs.missing();
    return Stream.of(database, dialer, tls)
        .noneMatch(need -> need != null && missing.contains(need.toString()));
  }

  /** What the replicator's service says of it, but for what it is doing. */
  Map<String, Object> properties(Database database) {
    Map<String, Object> properties = settings.open();
    properties.put("database.name", database.getName());
    properties.put("replicator.url", settings.target().url().toString());
    return properties;
  }

  /** Who is asked while it runs, by property; what is not named here is taken from there. */
  Map<String, Borrowed<?>> asked(Whiteboard whiteboard) {
    Map<String, Borrowed<?>> asked = new LinkedHashMap<>();
    put(asked, "authenticator", authenticator == null ? null : Borrowed.by(authenticator));
    put(asked, "pushFilter", pushFilter(whiteboard));
    put(asked, "pullFilter", pullFilter(whiteboard));
    put(asked, "conflictResolver", conflictResolver(whiteboard));
    return asked;
  }

  private static void put(
      Map<String, Borrowed<?>> asked, String property, @Nullable Borrowed<?> borrowed) {
    if (borrowed != null) asked.put(property, borrowed);
  }

  private @Nullable Borrowed<ReplicationFilter> pushFilter(Whiteboard whiteboard) {
    return pushFilter == null ? whiteboard.pushFilter() : Borrowed.by(pushFilter);
  }

  private @Nullable Borrowed<ReplicationFilter> pullFilter(Whiteboard whiteboard) {
    return pullFilter == null ? whiteboard.pullFilter() : Borrowed.by(pullFilter);
  }

  private @Nullable Borrowed<ConflictResolver> conflictResolver(Whiteboard whiteboard) {
    return conflictResolver == null ? whiteboard.conflictResolver() : Borrowed.by(conflictResolver);
  }

  /**
   * The configuration with the services of now.
   *
   * @throws IllegalArgumentException if the database lacks a collection
   */
  ReplicatorConfiguration configuration(Database from, Whiteboard whiteboard) {
    ReplicatorConfiguration configuration = settings.configuration();
    for (String full : settings.collections()) {
      int dot = full.indexOf('.');
      Collection collection = from.getCollection(full.substring(dot + 1), full.substring(0, dot));
      if (collection == null)
        throw new IllegalArgumentException(
            "collections: the database " + from.getName() + " has no collection " + full);
      configuration.addCollection(
          new CollectionConfiguration(collection)
              .setDocumentIDs(settings.documentIDs())
              .setChannels(settings.channels())
              .setPushFilter(Borrowed.filter(pushFilter(whiteboard)))
              .setPullFilter(Borrowed.filter(pullFilter(whiteboard)))
              .setConflictResolver(Borrowed.resolver(conflictResolver(whiteboard))));
    }
    return configuration.setAuthenticator(
        authenticator == null ? null : Borrowed.authenticator(Borrowed.by(authenticator)));
  }
}
