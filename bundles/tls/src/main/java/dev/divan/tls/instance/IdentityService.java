// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity as a service. A changed one is registered before the former is withdrawn, so that who
 * uses it is never without; a faulty change leaves the former in place. Called by one thread at a
 * time.
 */
final class IdentityService {
  /** Where the identity comes from. */
  @FunctionalInterface
  interface Source {
    TLSIdentity get(IdentitySettings settings) throws IdentityException;
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.tls");

  private final BundleContext context;
  private final Notice notice;
  private final String factoryPid;
  private final Source source;
  private @Nullable ServiceRegistration<TLSIdentity> registration;

  IdentityService(BundleContext context, String factoryPid, Source source) {
    this.context = context;
    this.notice = new Notice(context);
    this.factoryPid = factoryPid;
    this.source = source;
  }

  /** A configuration that is no good is logged and hung out, and what was there stays. */
  void publish(Map<String, Object> properties) {
    Settings settings = new Settings(factoryPid, properties);
    try {
      publish(settings, identity(settings));
      notice.accepted();
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, registration != null));
    }
  }

  private TLSIdentity identity(Settings settings) {
    try {
      return source.get(new IdentitySettings(settings));
    } catch (IdentityException e) {
      throw settings.fault(String.valueOf(e.getMessage()), e);
    }
  }

  private void publish(Settings settings, TLSIdentity identity) {
    Hashtable<String, Object> published = settings.open();
    // the certificate itself is on the service; no need to repeat the file in every listing
    published.remove("certBase64");
    published.put("label", identity.getLabel());
    published.put("tls.fingerprint", identity.getFingerprint());
    ServiceRegistration<TLSIdentity> former = registration;
    registration = context.registerService(TLSIdentity.class, identity, published);
    if (former != null) {
      former.unregister();
    }
  }

  void withdraw() {
    notice.clear();
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
  }
}
