// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a directory.
 *
 * @param usable bytes left to us
 * @param total bytes of the file system
 * @param failure why nothing is known, or null
 */
public record DiskFacts(
    String directory, long usable, long total, boolean readOnly, @Nullable String failure) {}
