// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.loopback;

import java.time.Duration;

/** The clock of a loopback: everything that happens on its channels happens as a task of this. */
public interface Timeline {

  /**
   * Runs a task after a delay; never inside this call. Tasks of equal due time run in the order
   * given, though perhaps on several threads.
   */
  void after(Duration delay, Runnable task);

  /** Time passed since some fixed moment. */
  Duration now();
}
