// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

/**
 * Documents handled and known to need handling since the replicator was started; both only grow.
 */
public record ReplicatorProgress(long completed, long total) {}
