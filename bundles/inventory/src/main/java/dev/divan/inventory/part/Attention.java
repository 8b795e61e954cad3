// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.tls.TLSIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osgi.framework.ServiceReference;

/** What whoever helps would look for first, a sentence each. The rest says why. */
final class Attention implements Part {
  /** Time to have a certificate signed. */
  private static final int SOON_DAYS = 30;

  private final Services services;

  Attention(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    List<Object> sentences = new ArrayList<>();
    if (services.matching("(|(divan.refused=*)(divan.waiting=*))").size() > 0)
      sentences.add("something is configured and not at work, or not as configured: see notices");
    sentences.addAll(services.each(URLEndpointListener.class, Attention::listener));
    sentences.addAll(services.each(Replicator.class, Attention::replicator));
    sentences.addAll(services.each(TLSIdentity.class, (reference, each) -> identity(each)));
    sentences.removeIf(""::equals);
    return sentences;
  }

  private static String listener(
      ServiceReference<URLEndpointListener> reference, URLEndpointListener listener) {
    String who = "listener " + Services.text(reference, "name");
    if (listener.getPort() == 0) return who + " is stopped";
    if (listener.getConfiguration().getAuthenticator() != null) return "";
    return Listeners.named(reference) == null
        ? who + " is open to everyone"
        : who + " lets nobody in: its authenticator is not there";
  }

  private static String replicator(ServiceReference<Replicator> reference, Replicator replicator) {
    ReplicatorActivityLevel level = replicator.getStatus().activityLevel();
    boolean away =
        level == ReplicatorActivityLevel.OFFLINE
            || level == ReplicatorActivityLevel.STOPPED && replicator.getStatus().error() != null;
    return away
        ? "replicator "
            + Services.text(reference, "name")
            + " is "
            + level.name().toLowerCase(Locale.ROOT)
        : "";
  }

  private static String identity(TLSIdentity identity) {
    long days = Identities.daysLeft(identity);
    if (days >= SOON_DAYS) return "";
    return "identity " + identity.getLabel() + (days < 0 ? " has expired" : " expires soon");
  }
}
