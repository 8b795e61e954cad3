// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.tls.TLSIdentity;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a door offers, and to whom. Immutable: nobody changes the configuration after it is in here.
 *
 * @param name for logs and the service property
 * @param identity asked at each handshake, may give null to let it fail; null itself for the
 *     anonymous identity
 * @param sending which documents clients are sent
 * @param receiving which documents are taken from clients
 */
public record Terms(
    String name,
    URLEndpointListenerConfiguration configuration,
    Admission admission,
    @Nullable Supplier<? extends @Nullable TLSIdentity> identity,
    DocumentRule sending,
    DocumentRule receiving) {

  public Terms {
    configuration = new URLEndpointListenerConfiguration(configuration);
  }

  /** Those of a configuration made in code; its listener is called as its database. */
  public static Terms of(URLEndpointListenerConfiguration configuration) {
    TLSIdentity identity = configuration.getTlsIdentity();
    return new Terms(
        configuration.getCollections().get(0).getDatabase().getName(),
        configuration,
        configuration.getAuthenticator() == null
            ? Admission.everyone()
            : Admission.by(configuration.getAuthenticator()),
        identity == null ? null : () -> identity,
        DocumentRule.by(configuration.getSendFilter()),
        DocumentRule.by(configuration.getReceiveFilter()));
  }

  String databaseName() {
    return configuration.getCollections().get(0).getDatabase().getName();
  }

  /** The database's name as it stands in a URL. */
  String shownName() {
    StringBuilder shown = new StringBuilder();
    for (char c : databaseName().toCharArray()) {
      shown.append(c == '/' || Character.isISOControl(c) ? '-' : c);
    }
    if (shown.length() > 0 && shown.charAt(0) == '_') {
      shown.setCharAt(0, '-');
    }
    return shown.toString();
  }

  /** The only path that leads in. */
  String path() {
    return "/" + shownName() + "/_blipsync";
  }

  boolean wantsCertificates() {
    return admission.demand() == Demand.CERTIFICATE;
  }

  String identityWords() {
    return configuration.isDisableTLS()
        ? "no TLS"
        : identity == null ? "anonymous" : label(identity.get());
  }

  private static String label(@Nullable TLSIdentity identity) {
    return identity == null ? "absent" : identity.getLabel();
  }
}
