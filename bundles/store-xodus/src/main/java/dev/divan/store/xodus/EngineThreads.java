// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import jetbrains.exodus.core.execution.Job;
import jetbrains.exodus.core.execution.JobProcessor;
import jetbrains.exodus.core.execution.ThreadJobProcessor;
import jetbrains.exodus.core.execution.ThreadJobProcessorPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Xodus' own threads, which all environments share and which it never stops: a bundle that has been
 * updated would keep them, and they its class loader. Here they run while a space is open.
 */
final class EngineThreads {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  // Xodus makes its shared threads in this one, and its timer repeats itself by this job; both are
  // its private matter.
  private static final String SPAWNER = "SPAWNER";
  private static final String TICKER = "jetbrains.exodus.core.execution.SharedTimer$Ticker";
  private static final String TIMER = "Exodus shared timer thread";
  private static final int TICK_MILLIS = 1000;

  private EngineThreads() {}

  /** Sets those going again that were stopped; without effect before the first environment. */
  static void start() {
    var stopped = ThreadJobProcessorPool.getProcessors();
    if (stopped.isEmpty()) return;
    try {
      spawner().start();
      for (JobProcessor each : stopped) {
        each.start();
        if (each instanceof ThreadJobProcessor thread && thread.getName().equals(TIMER))
          each.queueIn(ticker(), TICK_MILLIS);
      }
    } catch (ReflectiveOperationException e) {
      LOG.warn("Xodus' threads are not as expected: its caches adapt no more", e);
    }
  }

  /** Stops them and waits until they have ended. No environment may be open. */
  static void stop() {
    try {
      // each makes its successor, not started, in the spawner's thread: that one goes last
      ThreadJobProcessorPool.getProcessors().forEach(JobProcessor::finish);
      spawner().finish();
    } catch (ReflectiveOperationException e) {
      LOG.warn("Xodus' threads are not as expected: one stays until the process ends", e);
    }
  }

  private static ThreadJobProcessor spawner() throws ReflectiveOperationException {
    Field field = ThreadJobProcessorPool.class.getDeclaredField(SPAWNER);
    field.setAccessible(true);
    return (ThreadJobProcessor) field.get(null);
  }

  private static Job ticker() throws ReflectiveOperationException {
    Constructor<?> constructor = Class.forName(TICKER).getDeclaredConstructor();
    constructor.setAccessible(true);
    return (Job) constructor.newInstance();
  }
}
