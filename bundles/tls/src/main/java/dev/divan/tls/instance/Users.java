// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.listener.URLEndpointListener;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The listeners that show an identity, and the configurations that hold it. */
final class Users implements Identities.Usage {
  private final BundleContext context;

  Users(BundleContext context) {
    this.context = context;
  }

  @Override
  public List<String> of(TLSIdentity identity) {
    List<String> users = new ArrayList<>();
    collect(
        users,
        identity,
        "listener",
        URLEndpointListener.class,
        URLEndpointListener::getTlsIdentity);
    collect(users, identity, "configured identity", TLSIdentity.class, Function.identity());
    return users;
  }

  private <S> void collect(
      List<String> users,
      TLSIdentity identity,
      String what,
      Class<S> type,
      Function<S, @Nullable TLSIdentity> shown) {
    for (ServiceReference<S> reference : references(type)) {
      S service = context.getService(reference);
      if (service != null) {
        try {
          TLSIdentity used = shown.apply(service);
          if (used != null && used.getFingerprint().equals(identity.getFingerprint())) {
            users.add(what + " " + reference.getProperty("name"));
          }
        } finally {
          context.ungetService(reference);
        }
      }
    }
  }

  private <S> Collection<ServiceReference<S>> references(Class<S> type) {
    try {
      return context.getServiceReferences(type, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter is no syntax", e);
    }
  }
}
