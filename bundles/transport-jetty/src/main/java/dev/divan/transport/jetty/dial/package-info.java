// SPDX-License-Identifier: Apache-2.0

/**
 * The way out: {@link dev.divan.transport.jetty.dial.Dial} is one attempt, from name to open
 * channel; {@code Handshake} writes the request byte for byte and reads the answer; {@code Answer}
 * judges it; {@code Faults} puts what went wrong into words. No redirects, no cookies, no proxies.
 */
@NullMarked
package dev.divan.transport.jetty.dial;

import org.jspecify.annotations.NullMarked;
