// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.instance.Needs;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorFactory;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.tls.TLSContexts;
import dev.divan.transport.Dialer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Makes replicators in code, over whatever transport speaks the target's scheme. */
@Component(service = ReplicatorFactory.class)
public final class Replicators implements ReplicatorFactory {
  private final BundleContext context;
  private final ConversationThreads threads;
  private final @Nullable TLSContexts tls;

  @Activate
  public Replicators(
      BundleContext context,
      @Reference ConversationThreads threads,
      @Reference(
              cardinality = ReferenceCardinality.OPTIONAL,
              policyOption = ReferencePolicyOption.GREEDY)
          @Nullable TLSContexts tls) {
    this.context = context;
    this.threads = threads;
    this.tls = tls;
  }

  @Override
  public Replicator create(ReplicatorConfiguration configuration) {
    String scheme = configuration.getTarget().url().getScheme();
    return new ActiveReplicator(configuration, dialer(scheme), tls, threads.get());
  }

  private Dialer dialer(String scheme) {
    try {
      Collection<ServiceReference<Dialer>> references =
          context.getServiceReferences(Dialer.class, Needs.named("schemes", scheme));
      for (ServiceReference<Dialer> reference : references) {
        Dialer dialer = context.getService(reference);
        if (dialer != null) return dialer;
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("no such scheme: " + scheme, e);
    }
    throw new IllegalStateException("no transport speaks " + scheme + ":// here");
  }
}
