// SPDX-License-Identifier: Apache-2.0

/**
 * From bytes to frames and back: varints, headers, running checksum, the two deflate contexts, the
 * property block.
 *
 * <p>For this bundle's connection only. No threads, no clock, no I/O, no logging: bytes in, bytes
 * or a {@link dev.divan.blip.codec.Violation} out. It does not know which messages are expected;
 * that is the connection's business.
 */
@NullMarked
package dev.divan.blip.codec;

import org.jspecify.annotations.NullMarked;
