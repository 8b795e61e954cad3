// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import dev.divan.instance.Notice;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the configuration: prints {@code ready} once every file has taken effect or has been
 * named with what is wrong, and from then on names each new fault on stderr, once.
 *
 * <p>Components start on threads of their own, so a fault that may pass is believed only after
 * nothing has moved for a while.
 */
@Component(service = ConfigurationListener.class, immediate = true)
public final class Attendant implements ConfigurationListener, FrameworkListener {
  /** Without an event for so long, in ms, what is missing is taken to be missing. */
  private static final long QUIET = 400;

  /** But a lively start is not waited out longer than this, in ms. */
  private static final long PATIENCE = 5_000;

  /** What is seen to be starting may take as long as this, in ms: boards are slow at power-up. */
  private static final long SLOW_START = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.node");

  private final BundleContext context;
  private final Inspection inspection;
  private final PrintStream out;
  private final ScheduledThreadPoolExecutor timer;
  private final ServiceListener serviceMoves = this::serviceEvent;
  // The following are touched by the timer's thread only.
  private final Set<Fault> reported = new HashSet<>();
  private @Nullable Future<?> pending;
  private boolean started;
  private boolean ready;

  /** When the first of the movements not yet looked into was, in ns; 0 for none. */
  private long movedFirst;

  @Activate
  public Attendant(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference ServiceComponentRuntime runtime,
      @Reference JsonFiles json,
      @Reference(target = "(name=stdout)") PrintStream out)
      throws InvalidSyntaxException {
    this.context = context;
    this.out = out;
    Path etc = Path.of(context.getProperty(Defaults.HOME)).resolve("etc");
    inspection = new Inspection(context, admin, runtime, json, etc);
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "divan-node-agent");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    json.whenRefused(this::moved);
    context.addFrameworkListener(this);
    context.addServiceListener(
        serviceMoves,
        "(|(objectClass="
            + ServiceComponentRuntime.class.getName()
            + ")("
            + JsonFiles.FILE
            + "=*))");
  }

  @Deactivate
  void stop() {
    context.removeServiceListener(serviceMoves);
    context.removeFrameworkListener(this);
    timer.shutdownNow();
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTED) timer.execute(this::begin);
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    moved();
  }

  /** The component runtime changes a property of its service whenever a component changes. */
  private void serviceEvent(ServiceEvent event) {
    ServiceReference<?> service = event.getServiceReference();
    boolean atWork =
        service.getProperty(JsonFiles.FILE) != null
            && service.getProperty(Notice.WAITING) == null
            && service.getProperty(Notice.REFUSED) == null;
    if (!atWork || event.getType() != ServiceEvent.MODIFIED) moved();
  }

  private void moved() {
    timer.execute(this::waitForQuiet);
  }

  private void begin() {
    started = true;
    List<Fault> faults = inspect();
    if (faults.stream().allMatch(fault -> fault.hope() == Fault.Hope.NONE)) report(faults);
    else waitForQuiet();
  }

  private void waitForQuiet() {
    if (!started) return;
    if (movedFirst == 0) movedFirst = System.nanoTime();
    settleIn(Math.max(0, Math.min(QUIET, PATIENCE - waited())));
  }

  private void settleIn(long delay) {
    if (pending != null) pending.cancel(false);
    pending = timer.schedule(this::settle, delay, TimeUnit.MILLISECONDS);
  }

  private void settle() {
    List<Fault> faults = inspect();
    boolean underWay = faults.stream().anyMatch(fault -> fault.hope() == Fault.Hope.FULL);
    if (underWay && waited() < SLOW_START) settleIn(QUIET);
    else report(faults);
  }

  /** Since the first movement, in ms. */
  private long waited() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - movedFirst);
  }

  private List<Fault> inspect() {
    try {
      return inspection.faults();
    } catch (IOException | IllegalStateException e) {
      LOG.warn("the configuration cannot be inspected", e);
      return List.of();
    }
  }

  private void report(List<Fault> faults) {
    movedFirst = 0;
    for (Fault fault : faults) if (reported.add(fault)) LOG.error("{}", fault);
    reported.retainAll(Set.copyOf(faults));
    if (!ready) out.println("ready");
    ready = true;
  }
}
