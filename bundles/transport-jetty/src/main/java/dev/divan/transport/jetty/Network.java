// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import dev.divan.transport.jetty.accept.Entrance;
import dev.divan.transport.jetty.accept.Refusal;
import dev.divan.transport.jetty.dial.Outlet;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.jspecify.annotations.Nullable;

/**
 * What all connections share: one thread pool, one timer, one pool of buffers, the server that
 * bound ports hang on, and the selector of dialed connections. Started with the first use, stopped
 * with the transport; then no thread is left.
 */
final class Network extends ContainerLifeCycle {
  /** Threads besides one selector per bound port and one for dialing. */
  private static final int WORKERS = 7;

  private static final int IDLE_MILLIS = 10_000;

  /** Name look-ups block; two at a time, so that a dead name server holds up only other names. */
  private static final int RESOLVERS = 2;

  /** Dials waiting for a name server; more fail at once. */
  private static final int LOOKUPS_WAITING = 256;

  /** Kept for reuse, each kind; what is in use is bounded by the connections. */
  private static final long POOLED_BYTES = 8L * 1024 * 1024;

  private static final int LARGEST_POOLED = 256 * 1024;
  private static final int BUCKET = 4096;
  private static final int PER_BUCKET = 64;

  /** How many references a processor's cache takes at a time, on all we know of. */
  private static final String REFERENCES = "org.eclipse.jetty.util.referencesPerCacheLine";

  static {
    // Unless told, Jetty asks the JVM's management, which first has to be started: half a second on
    // a small board, for nothing else.
    if (System.getProperty(REFERENCES) == null) {
      System.setProperty(REFERENCES, "16");
    }
  }

  final QueuedThreadPool threads = new QueuedThreadPool(WORKERS + 1, 2, IDLE_MILLIS);
  final Scheduler timer = new ScheduledExecutorScheduler("divan-net-timer", true, 1);
  final ByteBufferPool buffers =
      new ArrayByteBufferPool(0, BUCKET, LARGEST_POOLED, PER_BUCKET, POOLED_BYTES, POOLED_BYTES);
  final WebSocketComponents components;
  final Outlet outlet;
  private final ThreadPoolExecutor resolver;
  private @Nullable Server server;
  private int ports;

  Network() {
    threads.setName("divan-net");
    threads.setDaemon(true);
    components = new WebSocketComponents(null, null, buffers, null, null, threads);
    for (String extension :
        List.copyOf(components.getExtensionRegistry().getAvailableExtensionNames())) {
      components.getExtensionRegistry().unregister(extension);
    }
    AtomicInteger number = new AtomicInteger();
    resolver =
        new ThreadPoolExecutor(
            RESOLVERS,
            RESOLVERS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(LOOKUPS_WAITING),
            task -> {
              Thread thread = new Thread(task, "divan-net-names-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    resolver.allowCoreThreadTimeOut(true);
    outlet = new Outlet(threads, timer, buffers, components, resolver);
    addBean(threads, true);
    addBean(timer, true);
    addBean(buffers, true);
    addBean(components, true);
    addBean(outlet, true);
    components.unmanage(threads);
  }

  /** The server, there since the first port was bound: who only dials is spared it. */
  synchronized Server server() throws Exception {
    Server running = server;
    if (running == null) {
      running = new Server(threads, timer, buffers);
      running.setHandler(Entrance.hall());
      running.setErrorHandler(new Refusal.OfTheParser());
      running.unmanage(threads);
      running.unmanage(timer);
      addBean(running, true);
      running.start();
      server = running;
    }
    return running;
  }

  /** Makes room for the selector of one more bound port. */
  synchronized void portOpened() {
    ports++;
    threads.setMaxThreads(WORKERS + 1 + ports);
  }

  synchronized void portGone() {
    ports--;
    threads.setMaxThreads(WORKERS + 1 + ports);
  }

  @Override
  protected void doStop() throws Exception {
    resolver.shutdownNow();
    super.doStop();
  }
}
