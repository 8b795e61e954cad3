// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.ListenerFacts;
import dev.divan.health.rule.ListenerRule;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether every listener listens, and knows whom to let in. */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan listeners",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=sync",
      HealthCheck.TAGS + "=systemready"
    })
public final class ListenersCheck implements HealthCheck {
  private final Services services;

  @Activate
  public ListenersCheck(BundleContext context) {
    services = new Services(context);
  }

  @Override
  public Result execute() {
    List<ListenerFacts> listeners = services.each(URLEndpointListener.class, ListenersCheck::facts);
    return Report.of(ListenerRule.judge(listeners, Notices.of(services)));
  }

  private static ListenerFacts facts(
      ServiceReference<URLEndpointListener> reference, URLEndpointListener listener) {
    URLEndpointListenerConfiguration configuration = listener.getConfiguration();
    List<URI> urls = listener.getUrls();
    String shorthand = Services.text(reference, "authenticator");
    return new ListenerFacts(
        Services.name(reference),
        listener.getPort(),
        urls.stream().map(URI::toString).toList(),
        configuration.getNetworkInterface() == null
            || !urls.stream().allMatch(ListenersCheck::isLoopback),
        shorthand == null ? Services.text(reference, "authenticator.target") : shorthand,
        configuration.getAuthenticator() != null,
        configuration.isDisableTLS(),
        !configuration.isDisableTLS() && listener.getTlsIdentity() == null);
  }

  /** The URLs of a listener hold addresses, so nobody is asked for a name. */
  private static boolean isLoopback(URI url) {
    try {
      return InetAddress.getByName(url.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
