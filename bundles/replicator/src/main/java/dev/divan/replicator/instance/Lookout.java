// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once when somebody who is asked while a replicator runs has come, gone, or given way to
 * another. Called by one thread at a time.
 */
final class Lookout {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final Map<String, Object> seen = new HashMap<>();
  private boolean before;

  /**
   * @param name of the replicator
   * @param asked by property; who is there the first time is not worth a line
   */
  void look(String name, Map<String, Borrowed<?>> asked) {
    asked.forEach((property, each) -> look(name, property, each));
    before = true;
  }

  private void look(String name, String property, Borrowed<?> asked) {
    Object now = asked.source().get();
    Object former = now == null ? seen.remove(property) : seen.put(property, now);
    if (!before || former == now) return;
    if (now == null)
      LOG.warn("replicator {}: {} has gone: what it would be asked waits", name, asked.words());
    else
      LOG.info(
          "replicator {}: {} is {} now ({})",
          name,
          asked.words(),
          former == null ? "there" : "another",
          Changes.effect(property));
  }
}
