// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.CertificateFacts;
import dev.divan.health.rule.CertificateRule;
import dev.divan.listener.URLEndpointListener;
import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether every certificate is valid, of those configured and those listeners show. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan certificates",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=tls"
    })
public final class CertificatesCheck implements HealthCheck {
  private final Services services;
  private final HealthSettings settings;
  private final Clock clock;

  @Activate
  public CertificatesCheck(BundleContext context, @Reference HealthSettings settings) {
    this(context, settings, Clock.systemUTC());
  }

  CertificatesCheck(BundleContext context, HealthSettings settings, Clock clock) {
    this.services = new Services(context);
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Result execute() {
    Map<String, Shown> byLabel = new TreeMap<>();
    services.each(
        TLSIdentity.class,
        (reference, identity) ->
            byLabel.computeIfAbsent(key(identity), key -> new Shown(identity)));
    services.each(
        URLEndpointListener.class,
        (reference, listener) -> {
          TLSIdentity identity = listener.getTlsIdentity();
          return identity != null
              && byLabel
                  .computeIfAbsent(key(identity), key -> new Shown(identity))
                  .listeners
                  .add(Services.name(reference));
        });
    List<CertificateFacts> facts = byLabel.values().stream().map(Shown::facts).toList();
    return Report.of(
        CertificateRule.judge(facts, Notices.of(services), settings.now(), clock.instant()));
  }

  private static String key(TLSIdentity identity) {
    return identity.getLabel() + " " + identity.getFingerprint();
  }

  private record Shown(TLSIdentity identity, List<String> listeners) {
    Shown(TLSIdentity identity) {
      this(identity, new ArrayList<>());
    }

    CertificateFacts facts() {
      Instant from = Instant.MIN;
      Instant until = identity.getExpiration();
      for (X509Certificate certificate : identity.getCerts()) {
        Instant begins = certificate.getNotBefore().toInstant();
        Instant ends = certificate.getNotAfter().toInstant();
        if (begins.isAfter(from)) from = begins;
        if (ends.isBefore(until)) until = ends;
      }
      return new CertificateFacts(identity.getLabel(), from, until, listeners);
    }
  }
}
