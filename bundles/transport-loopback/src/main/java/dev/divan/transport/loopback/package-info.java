// SPDX-License-Identifier: Apache-2.0

/**
 * Two channels joined in memory: a transport without a network, for tests, demos and databases in
 * one process.
 *
 * <p>{@link dev.divan.transport.loopback.Loopback} dials and accepts; {@link
 * dev.divan.transport.loopback.Impairment} says how bad the line is; {@link
 * dev.divan.transport.loopback.Timeline} is the clock, real or turned by hand. Tests of any bundle
 * may use it by plain constructor. It never opens a socket and knows no TLS.
 */
@NullMarked
package dev.divan.transport.loopback;

import org.jspecify.annotations.NullMarked;
