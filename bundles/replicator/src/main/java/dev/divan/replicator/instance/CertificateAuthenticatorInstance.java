// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.auth.Authenticator;
import dev.divan.auth.ClientCertificateAuthenticator;
import dev.divan.instance.Need;
import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import dev.divan.tls.TLSIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client certificate to introduce ourselves with, for each configuration: there as long as the
 * identity it names is. Everything it does happens in turns.
 */
@Component(
    name = CertificateAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CertificateAuthenticatorInstance.Config.class, factory = true)
public final class CertificateAuthenticatorInstance {
  static final String PID = "dev.divan.auth.certificate";

  /** Its properties. */
  @ObjectClassDefinition(
      id = PID,
      name = "Divan client certificate",
      description = "A TLS identity with which replicators introduce themselves.")
  @interface Config {
    @AttributeDefinition(description = "Name by which replicators choose it.", required = false)
    String name();

    @AttributeDefinition(description = "Label of the TLS identity to present.")
    String identity();
  }

  /** How long a deactivation waits if another thread is at it. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final BundleContext context;
  private final Notice notice;
  private final Turns turns = new Turns(e -> LOG.error("a client certificate failed", e));
  private @Nullable Wish wish;
  private @Nullable ServiceRegistration<Authenticator> registration;

  @Activate
  public CertificateAuthenticatorInstance(BundleContext context) {
    this.context = context;
    this.notice = new Notice(context);
  }

  @Activate
  void activate(Map<String, Object> properties) {
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    turns.execute(() -> take(settings));
  }

  private void take(Settings settings) {
    Wish next;
    try {
      next = new Wish(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, wish != null));
      return;
    }
    if (wish != null) wish.needs.close();
    wish = next;
    notice.accepted();
    next.needs.open();
  }

  @Deactivate
  void deactivate() {
    // a turn each: the next is run whatever becomes of the one before
    turns.execute(this::forget);
    turns.execute(notice::clear);
    if (!turns.executeAndWait(() -> register(null, null), PATIENCE_SECONDS))
      LOG.warn("{} takes long to stop", PID);
  }

  private void forget() {
    Wish former = wish;
    wish = null;
    if (former != null) former.needs.close();
  }

  /** The new one goes up before the former comes down: a replicator is never without. */
  private void register(@Nullable Settings settings, @Nullable TLSIdentity identity) {
    ServiceRegistration<Authenticator> former = registration;
    registration =
        settings == null || identity == null
            ? null
            : context.registerService(
                Authenticator.class, new ClientCertificateAuthenticator(identity), settings.open());
    Withdrawal.of(former);
  }

  /** One version of the configuration; a former one is not listened to. */
  private final class Wish implements Needs.User {
    private final Settings settings;
    private final Needs needs;
    private final Need<TLSIdentity> identity;

    /**
     * @throws IllegalArgumentException naming instance and property
     */
    Wish(Settings settings) {
      this.settings = settings;
      String filter = settings.target("identity", "label");
      if (filter == null)
        throw settings.fault("identity", "is missing: the label of the TLS identity to present");
      needs = new Needs(context, turns, this);
      identity = needs.changing("TLS identity", TLSIdentity.class, filter);
    }

    @Override
    public void complete() {
      look();
    }

    @Override
    public void changed() {
      look();
    }

    @Override
    public void incomplete() {
      look();
    }

    @Override
    public void waiting() {
      look();
    }

    private void look() {
      if (wish != this) return;
      TLSIdentity now = identity.now();
      register(settings, now);
      if (now == null) {
        String sentence = "waits for " + String.join(", ", needs.missing());
        notice.waiting(settings, sentence);
        LOG.info("{} {} {}", PID, settings.name(), sentence);
      } else {
        notice.working();
      }
    }
  }
}
