// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import java.util.Map;

/** {@code dev.divan:type=Database,name=…}. */
public interface DatabaseMXBean {
  String getName();

  String getUuid();

  /** How many documents each collection has, by its full name. */
  Map<String, Long> getDocuments();

  /** The sequence of the last change of each collection, by its full name. */
  Map<String, Long> getLastSequences();

  /** Removes blobs that no document mentions; returns how many. May take long. */
  int compact();
}
