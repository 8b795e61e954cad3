// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.instance.Needs;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorFactory;
import dev.divan.tls.TLSContexts;
import dev.divan.transport.Dialer;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Makes replicators in code, over whatever transport speaks the target's scheme. Each is a service
 * like a configured one; those still open when this bundle stops are closed.
 */
@Component(service = ReplicatorFactory.class)
public final class Replicators implements ReplicatorFactory {
  private final BundleContext context;
  private final ConversationThreads threads;
  private final Set<MadeReplicator> open = ConcurrentHashMap.newKeySet();

  @Activate
  public Replicators(BundleContext context, @Reference ConversationThreads threads) {
    this.context = context;
    this.threads = threads;
  }

  @Override
  public Replicator create(ReplicatorConfiguration configuration) {
    String scheme = configuration.getTarget().url().getScheme();
    Dialer dialer = service(Dialer.class, Needs.named("schemes", scheme));
    if (dialer == null) {
      throw new IllegalStateException("no transport speaks " + scheme + ":// here");
    }
    MadeReplicator made =
        new MadeReplicator(
            context,
            configuration,
            dialer,
            // looked up as well: those made before do not depend on one that comes or goes
            service(TLSContexts.class, null),
            threads.get(),
            open::remove);
    open.add(made);
    return made;
  }

  private <T> @Nullable T service(Class<T> type, @Nullable String filter) {
    try {
      return context.getServiceReferences(type, filter).stream()
          .sorted(Comparator.reverseOrder())
          .flatMap(reference -> Stream.ofNullable(context.getService(reference)))
          .findFirst()
          .orElse(null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("no such scheme: " + filter, e);
    }
  }

  @Deactivate
  void deactivate() {
    open.forEach(MadeReplicator::close);
  }
}
