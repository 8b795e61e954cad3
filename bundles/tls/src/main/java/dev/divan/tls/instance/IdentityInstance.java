// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity as a service, from a configuration of whatever kind. A changed one is registered
 * before the former is withdrawn, so that who uses it is never without; a faulty change leaves the
 * former in place. Called by one thread at a time.
 */
abstract class IdentityInstance {
  /** Where the identity comes from. */
  @FunctionalInterface
  interface Source {
    /**
     * @throws IllegalArgumentException naming instance and property
     */
    TLSIdentity get(String label, Settings settings) throws IdentityException;
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.tls");

  /** Not repeated on the service: the certificate itself is there, and a listing stays short. */
  private static final String INLINE = "certBase64";

  /** Without the dot in front they would be shown to everybody, so they are not taken. */
  private static final List<String> SECRETS = List.of("password", "keyPassword");

  private final BundleContext context;
  private final String factoryPid;
  private final Source source;
  private final Notice notice;
  private @Nullable ServiceRegistration<TLSIdentity> registration;
  private Map<String, Object> inForce = Map.of();

  IdentityInstance(BundleContext context, String factoryPid, Source source) {
    this.context = context;
    this.factoryPid = factoryPid;
    this.source = source;
    this.notice = new Notice(context);
  }

  /**
   * Not in the constructor: an instance whose reference goes while it is constructed is dropped
   * without being deactivated.
   */
  @Activate
  protected void activate(Map<String, Object> properties) {
    take(properties);
  }

  @Modified
  protected void modified(Map<String, Object> properties) {
    take(properties);
  }

  @Deactivate
  protected void deactivate() {
    notice.clear();
    ServiceRegistration<TLSIdentity> former = registration;
    registration = null;
    withdraw(former);
  }

  private static void withdraw(@Nullable ServiceRegistration<TLSIdentity> former) {
    if (former == null) return;
    try {
      former.unregister();
    } catch (IllegalStateException stopped) {
      // The bundle has stopped while its component was on the way out; the framework did it then.
    }
  }

  private void take(Map<String, Object> properties) {
    Settings settings = new Settings(factoryPid, properties);
    try {
      TLSIdentity identity = identity(settings);
      if (registration != null) {
        LOG.info(
            "{} {}: {} changed (hot): the next handshake shows {}, sha256 {}",
            factoryPid,
            settings.name(),
            Changed.between(inForce, properties),
            identity.getLabel(),
            identity.getFingerprint());
      }
      publish(settings, identity);
      inForce = properties;
      notice.accepted();
      if (identity.getExpiration().isBefore(Instant.now())) {
        LOG.warn(
            "{} {}: the certificate has expired on {}; peers that have not pinned it refuse it",
            factoryPid,
            settings.name(),
            identity.getExpiration());
      }
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, registration != null));
    }
  }

  private TLSIdentity identity(Settings settings) {
    for (String secret : SECRETS) {
      if (settings.text(secret) != null) {
        throw settings.fault(secret, "is shown to everybody; write ." + secret);
      }
    }
    try {
      return source.get(settings.text("label", settings.name()), settings);
    } catch (IdentityException e) {
      throw settings.fault(String.valueOf(e.getMessage()), e);
    }
  }

  private void publish(Settings settings, TLSIdentity identity) {
    Hashtable<String, Object> published = settings.open();
    published.remove(INLINE);
    published.put("label", identity.getLabel());
    published.put("tls.fingerprint", identity.getFingerprint());
    ServiceRegistration<TLSIdentity> former = registration;
    registration = context.registerService(TLSIdentity.class, identity, published);
    withdraw(former);
  }
}
