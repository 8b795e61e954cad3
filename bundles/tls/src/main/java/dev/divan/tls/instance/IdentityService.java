// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Settings;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import java.util.Hashtable;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * An identity as a service. A changed one is registered before the former is withdrawn, so that who
 * uses it is never without. Called by one thread at a time.
 */
final class IdentityService {
  /** Where the identity comes from. */
  @FunctionalInterface
  interface Source {
    TLSIdentity get(IdentitySettings settings) throws IdentityException;
  }

  private final BundleContext context;
  private final String factoryPid;
  private final Source source;
  private @Nullable ServiceRegistration<TLSIdentity> registration;

  IdentityService(BundleContext context, String factoryPid, Source source) {
    this.context = context;
    this.factoryPid = factoryPid;
    this.source = source;
  }

  /**
   * @throws IllegalArgumentException if the configuration is no good; what was there stays
   */
  void publish(Map<String, Object> properties) {
    Settings settings = new Settings(factoryPid, properties);
    TLSIdentity identity;
    try {
      identity = source.get(new IdentitySettings(settings));
    } catch (IdentityException e) {
      throw settings.fault(String.valueOf(e.getMessage()), e);
    }
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
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
  }
}
