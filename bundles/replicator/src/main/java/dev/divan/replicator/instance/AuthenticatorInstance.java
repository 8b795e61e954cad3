// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client authenticator made from nothing but its configuration, as a service. A changed one is
 * registered before the former is withdrawn, so that a replicator is never without, and counts at
 * the next connection; a faulty change leaves the former in place. Called by one thread at a time.
 */
final class AuthenticatorInstance {
  /** What a configuration describes. */
  @FunctionalInterface
  interface Source {
    /**
     * @throws IllegalArgumentException naming instance and property, without the secret
     */
    Authenticator make(Settings settings);
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final BundleContext context;
  private final Notice notice;
  private final String factoryPid;
  private final Source source;
  private @Nullable ServiceRegistration<Authenticator> registration;

  AuthenticatorInstance(BundleContext context, String factoryPid, Source source) {
    this.context = context;
    this.notice = new Notice(context);
    this.factoryPid = factoryPid;
    this.source = source;
  }

  void take(Map<String, Object> properties) {
    Settings settings = new Settings(factoryPid, properties);
    ServiceRegistration<Authenticator> former = registration;
    try {
      registration =
          context.registerService(Authenticator.class, source.make(settings), settings.open());
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, former != null));
      return;
    }
    notice.accepted();
    if (former != null) {
      Withdrawal.of(former);
      LOG.info(
          "{} {}: configured anew (hot: counts for the next connection, sessions stay)",
          factoryPid,
          settings.name());
    }
  }

  void withdraw() {
    ServiceRegistration<Authenticator> former = registration;
    registration = null;
    Withdrawal.of(former);
    notice.clear();
  }
}
