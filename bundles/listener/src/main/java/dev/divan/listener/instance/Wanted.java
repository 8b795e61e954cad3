// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.instance.Need;
import dev.divan.instance.Needs;
import dev.divan.instance.Turns;
import dev.divan.listener.ListenerException;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.listener.door.Admission;
import dev.divan.listener.door.DocumentRule;
import dev.divan.listener.door.Surroundings;
import dev.divan.listener.door.Terms;
import dev.divan.replicator.PassivePeer;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import dev.divan.transport.Acceptor;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** The services one version of a configuration needs, and the terms that they make. */
final class Wanted {
  static final String ACCEPTOR = "(|(schemes=ws)(schemes=wss))";

  /** What a shorthand has become, to say the short form again. */
  private static final Pattern BY_NAME = Pattern.compile("\\(name=([^()*\\\\]+)\\)$");

  private final ListenerSettings settings;
  private final Needs needs;
  private final Need<Database> database;
  private final Need<Acceptor> acceptor;
  private final Need<PassivePeer> passive;
  private final Need<TLSContexts> contexts;
  private final Need<TLSIdentities> identities;
  private final @Nullable Need<TLSIdentity> identity;
  private final @Nullable Need<ListenerAuthenticator> authenticator;
  private final @Nullable Need<ReplicationFilter> sendFilter;
  private final @Nullable Need<ReplicationFilter> receiveFilter;
  private Demand demand = Demand.PASSWORD;

  Wanted(BundleContext context, ListenerSettings settings, Turns turns, Needs.User user) {
    this.settings = settings;
    this.needs = new Needs(context, turns, user);
    database = needs.lasting("database", Database.class, settings.database());
    acceptor = needs.lasting("WebSocket transport", Acceptor.class, ACCEPTOR);
    passive = needs.lasting("replicator", PassivePeer.class, null);
    contexts = needs.lasting("TLS", TLSContexts.class, null);
    identities = needs.lasting("TLS identities", TLSIdentities.class, null);
    identity =
        settings.identity() == null || settings.disableTLS()
            ? null
            : needs.changing("TLS identity", TLSIdentity.class, settings.identity());
    authenticator =
        settings.authenticator() == null
            ? null
            : needs.changing(
                "authenticator", ListenerAuthenticator.class, settings.authenticator());
    sendFilter = filter("sendFilter", settings.sendFilter());
    receiveFilter = filter("receiveFilter", settings.receiveFilter());
  }

  private @Nullable Need<ReplicationFilter> filter(String property, @Nullable String filter) {
    return filter == null ? null : needs.changing(property, ReplicationFilter.class, filter);
  }

  Needs needs() {
    return needs;
  }

  Surroundings surroundings(Executor judging) {
    return new Surroundings(
        acceptor.get(), passive.get(), contexts.get(), identities.get(), judging);
  }

  /**
   * The terms of now; authenticator, identity and filters are asked for anew by whoever uses them.
   * Called by one thread at a time.
   *
   * @throws ListenerException if the database lacks a collection
   */
  Terms terms() throws ListenerException {
    Database shared = database.get();
    Set<Collection> collections = new LinkedHashSet<>();
    for (String full : settings.collections()) {
      int dot = full.indexOf('.');
      Collection collection = shared.getCollection(full.substring(dot + 1), full.substring(0, dot));
      if (collection == null) {
        throw new ListenerException(
            "collections: the database " + shared.getName() + " has no collection " + full, null);
      }
      collections.add(collection);
    }
    ListenerAuthenticator judge = authenticator == null ? null : authenticator.now();
    URLEndpointListenerConfiguration configuration =
        new URLEndpointListenerConfiguration(collections)
            .setPort(settings.port())
            .setNetworkInterface(settings.networkInterface())
            .setDisableTLS(settings.disableTLS())
            .setTlsIdentity(identity == null ? null : identity.now())
            .setAuthenticator(judge)
            .setSendFilter(sendFilter == null ? null : sendFilter.now())
            .setReceiveFilter(receiveFilter == null ? null : receiveFilter.now())
            .setReadOnly(settings.readOnly())
            .setEnableDeltaSync(settings.enableDeltaSync())
            .setMaxConnections(settings.maxConnections());
    return new Terms(
        settings.name(),
        configuration,
        admission(judge),
        identity == null ? null : identity::now,
        rule(sendFilter, settings.sendFilter()),
        rule(receiveFilter, settings.receiveFilter()));
  }

  private static DocumentRule rule(
      @Nullable Need<ReplicationFilter> filter, @Nullable String words) {
    return filter == null || words == null
        ? DocumentRule.everything()
        : new DocumentRule(said(words), filter::now);
  }

  private static String said(String filter) {
    return BY_NAME.matcher(filter).replaceFirst("$1");
  }

  private Admission admission(@Nullable ListenerAuthenticator judge) {
    if (authenticator == null) {
      return Admission.everyone();
    }
    // while there is none, the socket stays as the last one wanted it: nobody is let in anyway
    if (judge != null) {
      demand = judge.demand();
    }
    return new Admission(
        said(String.valueOf(settings.authenticator())), demand, authenticator::now);
  }
}
