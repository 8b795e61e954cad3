// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import org.jspecify.annotations.Nullable;

/**
 * What an instance hangs out.
 *
 * @param pid of its factory
 * @param file its configuration comes from, if from one
 * @param sentence as it hangs there
 * @param serving whether the instance has a service all the same
 */
public record NoticeFacts(
    String pid,
    String name,
    @Nullable String file,
    boolean refused,
    String sentence,
    boolean serving) {

  /** It is at work all the same: refused a change, moves, or lacks something for part of it. */
  boolean atWork() {
    return serving || refused && sentence.endsWith("; it runs on as configured before");
  }

  /** Something it names is not there; anything else is a failure. */
  boolean waits() {
    return !refused && sentence.startsWith("waits for ");
  }

  String where() {
    return file == null ? "configuration " + pid + " " + name : file;
  }
}
