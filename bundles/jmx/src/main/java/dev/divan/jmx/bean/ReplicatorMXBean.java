// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import java.util.Date;
import org.jspecify.annotations.Nullable;

/** {@code dev.divan:type=Replicator,name=…}. */
public interface ReplicatorMXBean {
  String getName();

  String getDatabase();

  String getUrl();

  String getType();

  boolean isContinuous();

  String[] getCollections();

  /** STOPPED, OFFLINE, CONNECTING, IDLE or BUSY. */
  String getActivity();

  /** When the activity last changed, as far as seen. */
  Date getActivitySince();

  /** Documents handled since it was started. */
  long getCompleted();

  /** Documents known to need handling since it was started. */
  long getTotal();

  /**
   * Documents to push. Counting reads the database, so the number may be some seconds old; -1 if it
   * cannot be counted.
   */
  int getPending();

  /** Domain, code and message of the last error; null if there was none since it came. */
  @Nullable String getLastError();

  /** When that was. */
  @Nullable Date getLastErrorTime();

  /** What it is waiting for now. */
  String[] getOpenWork();

  void start();

  void stop();

  /** Stops it, and starts it from the beginning, as if the two had never met. May take seconds. */
  void resetCheckpoint();
}
