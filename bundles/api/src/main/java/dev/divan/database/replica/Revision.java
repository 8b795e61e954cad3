// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import java.util.List;

/**
 * A stored revision.
 *
 * @param body a JSON object, as it is stored; not to be changed
 * @param history its ancestors, newest first, without itself
 */
public record Revision(
    String documentID,
    String revID,
    boolean deleted,
    long sequence,
    byte[] body,
    List<String> history) {}
