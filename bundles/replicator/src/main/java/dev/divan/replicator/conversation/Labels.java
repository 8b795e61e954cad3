// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import dev.divan.blip.Lane;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Labels every log line of a conversation, those of filters, resolvers and listeners too, with
 * {@value #PEER} and {@value #REPLICATOR} in the MDC. They are put and removed once a turn of a
 * lane, of many tasks, and once a task of a worker.
 *
 * @param peer the other end, as a person writes it
 * @param replicator its configured name; null where there is none
 */
public record Labels(String peer, @Nullable String replicator) {
  public static final String PEER = "peer";
  public static final String REPLICATOR = "replicator";

  /** A lane whose turns are labelled. */
  public Lane lane(Threads threads) {
    return new Lane(on(threads.lanes().lane()));
  }

  /** An executor whose tasks are labelled. */
  public Executor on(Executor executor) {
    return task -> executor.execute(() -> run(task));
  }

  /** Runs a task so labelled. */
  public void run(Runnable task) {
    MDC.put(PEER, peer);
    if (replicator != null) MDC.put(REPLICATOR, replicator);
    try {
      task.run();
    } finally {
      MDC.remove(PEER);
      MDC.remove(REPLICATOR);
    }
  }
}
