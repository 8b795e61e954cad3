// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.database.ListenerToken;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on the airports: the same on the gateway and on the tablet, for it does not see which it
 * is. Configured by {@code airports}; {@code database.target} says which database to work on.
 */
@Component(
    name = "airports",
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class AirportsApp {
  /** Set by the story: take orders from standard input, and end with it. */
  private static final String TAKE_ORDERS = "demo.orders";

  private static final Set<ReplicatorActivityLevel> CONNECTED =
      EnumSet.of(ReplicatorActivityLevel.BUSY, ReplicatorActivityLevel.IDLE);

  private static final Logger LOG = LoggerFactory.getLogger("airports");

  private final BundleContext context;
  private final Arrivals arrivals = new Arrivals();
  private final ListenerToken subscription;
  private volatile @Nullable Replicator replicator;
  private volatile @Nullable URLEndpointListener listener;

  @Activate
  public AirportsApp(
      BundleContext context,
      @Reference(name = "database") Database database,
      @Reference(target = "(name=stdout)") PrintStream out) {
    this.context = context;
    Collection airports = database.getDefaultCollection();
    subscription = airports.addChangeListener(arrivals);
    LOG.info("working on {} documents of {}", airports.getCount(), database.getName());
    if (context.getProperty(TAKE_ORDERS) != null) takeOrders(airports, out);
  }

  @Deactivate
  void deactivate() {
    subscription.remove();
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setReplicator(Replicator replicator) {
    arrivals.begin();
    replicator.addChangeListener(
        change -> {
          if (CONNECTED.contains(change.status().activityLevel())) arrivals.connected();
        });
    this.replicator = replicator;
  }

  void unsetReplicator(Replicator replicator) {
    if (this.replicator == replicator) this.replicator = null;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  void setListener(URLEndpointListener listener) {
    this.listener = listener;
  }

  void unsetListener(URLEndpointListener listener) {
    if (this.listener == listener) this.listener = null;
  }

  private void takeOrders(Collection airports, PrintStream out) {
    Desk desk = new Desk(airports, arrivals, () -> replicator, () -> listener);
    Thread thread =
        new Thread(new Orders(System.in, out, desk.orders(), this::endNode), "airports");
    thread.setDaemon(true);
    thread.start();
  }

  private void endNode() {
    try {
      context.getBundle(0).stop();
    } catch (BundleException e) {
      LOG.error("the node does not stop", e);
    }
  }
}
