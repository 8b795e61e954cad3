// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Collection;
import dev.divan.inventory.text.Facts;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;

/** The listeners, and who is connected. */
final class Listeners implements Part {
  private final Services services;

  Listeners(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    return services.each(URLEndpointListener.class, Listeners::facts);
  }

  private static Object facts(
      ServiceReference<URLEndpointListener> reference, URLEndpointListener listener) {
    URLEndpointListenerConfiguration configuration = listener.getConfiguration();
    TLSIdentity identity = listener.getTlsIdentity();
    List<PassiveSession> sessions = listener.getSessions();
    return new Facts()
        .add("name", Services.text(reference, "name"))
        .add("database", Services.text(reference, "database.name"))
        .add(
            "collections",
            configuration.getCollections().stream().map(Collection::getFullName).toList())
        .add("port", listener.getPort())
        .add("urls", listener.getUrls().stream().map(URI::toString).toList())
        .add("tls", !configuration.isDisableTLS())
        .add("identity", identity == null ? null : identity.getLabel())
        .add("fingerprint", identity == null ? null : identity.getFingerprint())
        .add("lets in", lets(configuration.getAuthenticator(), named(reference)))
        .add("authenticator", named(reference))
        .add("read only", configuration.isReadOnly())
        .add("most connections", configuration.getMaxConnections())
        .add("connections", listener.getStatus().connectionCount())
        .add("sessions", sessions.stream().map(Listeners::facts).toList());
  }

  static @Nullable String named(ServiceReference<URLEndpointListener> reference) {
    return Services.text(reference, "authenticator", "authenticator.target");
  }

  private static String lets(@Nullable ListenerAuthenticator authenticator, @Nullable String name) {
    if (authenticator != null)
      return "by " + authenticator.demand().name().toLowerCase(Locale.ROOT);
    return name == null ? "everyone" : "nobody, its authenticator is not there";
  }

  private static Object facts(PassiveSession session) {
    return new Facts()
        .add("peer", session.peer().id())
        .add("address", session.peer().address())
        .add("principal", session.peer().principal())
        .add("roles", session.peer().roles())
        .add("since", session.since())
        .add("busy", session.busy())
        .add("documents sent", session.sent())
        .add("documents received", session.received())
        .add("bytes sent", session.bytesSent())
        .add("bytes received", session.bytesReceived());
  }
}
