// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.instance.Need;
import dev.divan.instance.Needs;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import dev.divan.instance.Turns;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
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
 * An authenticator for each configuration, there as long as its judge is. A change counts from the
 * next login on. Everything it does happens in turns.
 */
@Component(
    name = CertificateAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CertificateAuthenticatorInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.auth.ListenerAuthenticator\"",
    effective = "active")
public final class CertificateAuthenticatorInstance {
  static final String PID = "dev.divan.listener.auth.certificate";

  /** The configuration of a certificate authenticator. */
  @ObjectClassDefinition(
      name = "Divan listener authenticator: client certificate",
      description = "By a list of root certificates, or by a service that decides")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "By which listeners choose it; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "Root certificates",
        description =
            "PEM or DER files, read again when they change, or PEM inline; this or the judge",
        required = false)
    String[] rootCertificates() default {};

    @AttributeDefinition(
        name = "Judge",
        description = "Name of the CertificateJudge service that decides alone",
        required = false)
    String judge() default "";

    @AttributeDefinition(
        name = "Judge filter",
        description = "As a service filter, in place of the name",
        required = false)
    String judge_target() default "";
  }

  /** How long a deactivation waits if another thread is at it. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final BundleContext context;
  private final Notice notice;
  private final Turns turns = new Turns(e -> LOG.error("a certificate authenticator failed", e));
  private final CertificateAuthenticator authenticator = new CertificateAuthenticator();
  private @Nullable Wish wish;
  private @Nullable ServiceRegistration<ListenerAuthenticator> registration;

  @Activate
  public CertificateAuthenticatorInstance(BundleContext context, Map<String, Object> properties) {
    this.context = context;
    this.notice = new Notice(context);
    modified(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    turns.execute(() -> take(settings));
  }

  /** After a faulty change those who could log in before still can, and nobody else. */
  private void take(Settings settings) {
    Wish next;
    try {
      next = new Wish(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, wish != null));
      return;
    }
    Wish former = wish;
    wish = next;
    notice.accepted();
    next.begin();
    if (former != null) {
      LOG.info(
          "listener authenticator {}: configured anew (hot: counts for the next login, sessions"
              + " stay)",
          settings.name());
      // after the new judge has been asked for, in the turn between
      turns.execute(former::end);
    }
  }

  @Deactivate
  void deactivate() {
    if (!turns.executeAndWait(this::end, PATIENCE_SECONDS)) {
      LOG.warn("{} takes long to stop", PID);
    }
  }

  private void end() {
    Wish last = wish;
    wish = null;
    notice.clear();
    withdraw();
    if (last != null) {
      last.end();
    }
  }

  private void withdraw() {
    if (registration != null) {
      registration.unregister();
      registration = null;
    }
    authenticator.use(null);
  }

  /** One version of the configuration; a former one is not listened to. */
  private final class Wish implements Needs.User {
    private final Settings settings;
    private final @Nullable ListedRoots roots;
    private final Needs needs = new Needs(context, turns, this);
    private final @Nullable Need<CertificateJudge> judge;

    /**
     * @throws IllegalArgumentException naming instance and property
     */
    Wish(Settings settings) {
      this.settings = settings;
      String filter = settings.target("judge", "name");
      if ((filter == null) == settings.list("rootCertificates").isEmpty()) {
        throw settings.fault("give either rootCertificates or judge, and not both");
      }
      roots = filter == null ? new ListedRoots(settings, "rootCertificates") : null;
      judge =
          filter == null
              ? null
              : needs.changing("certificate judge", CertificateJudge.class, filter);
    }

    void begin() {
      if (roots != null) {
        LOG.info("listener authenticator {}: {}", settings.name(), roots);
      } else {
        LOG.info(
            "listener authenticator {}: the judge decides alone, nothing else is checked",
            settings.name());
      }
      needs.open();
    }

    void end() {
      needs.close();
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
      if (wish != this) {
        return;
      }
      CertificateJudge now = judge == null ? roots : judge.now();
      if (now == null) {
        String sentence = "waits for " + String.join(", ", needs.missing());
        notice.waiting(settings, sentence);
        LOG.warn("listener authenticator {}: {}", settings.name(), sentence);
        withdraw();
        return;
      }
      authenticator.use(now);
      if (registration == null) {
        registration =
            context.registerService(ListenerAuthenticator.class, authenticator, settings.open());
      } else {
        registration.setProperties(settings.open());
      }
      notice.working();
    }
  }
}
