// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import dev.divan.itests.Await;
import dev.divan.itests.frameworks.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Saves documents at both ends, whenever they can be saved, and knows which were. */
final class Traffic implements AutoCloseable {
  /** A pace that goes on for long; the point is that it never rests. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Host host;
  private final List<String> databases;
  private final Map<String, String> saved = new ConcurrentHashMap<>();
  private final AtomicLong number = new AtomicLong();
  private final Thread thread = new Thread(this::run, "traffic");
  private volatile boolean over;

  Traffic(Host host, List<String> databases) {
    this.host = host;
    this.databases = databases;
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!over) {
      for (String database : databases) {
        String id = database + "-" + number.incrementAndGet();
        try {
          Site site = host.site();
          if (site != null && site.save(database, id, "text of " + id)) saved.put(id, database);
        } catch (RuntimeException | LinkageError e) {
          // its bundle was taken away beneath it; not acknowledged, therefore not counted
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  int saved() {
    return saved.size();
  }

  /** Waits until something more has been saved at each end. */
  void awaitMore() throws InterruptedException {
    for (String database : databases) {
      long before = of(database);
      Await.that(
          () -> of(database) > before,
          () -> "nothing can be saved in " + database + " any more" + host.state());
    }
  }

  private long of(String database) {
    return saved.values().stream().filter(database::equals).count();
  }

  /** Waits until every database has all that was acknowledged by any. */
  void awaitEverywhere() throws InterruptedException {
    for (String id : saved.keySet())
      for (String database : databases) host.awaitText(database, id, "text of " + id);
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
  }
}
