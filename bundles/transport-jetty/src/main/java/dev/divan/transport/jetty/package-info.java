// SPDX-License-Identifier: Apache-2.0

/**
 * The WebSocket transport, by Jetty's core: {@link dev.divan.transport.jetty.JettyTransport} dials
 * and accepts {@code ws} and {@code wss}.
 *
 * <p>This room holds the service and what all its connections share: {@link
 * dev.divan.transport.jetty.Network}, threads, timer and buffers. The conversation on an open
 * socket is in {@code channel}, the way in from outside in {@code accept}, the way out in {@code
 * dial}. Nothing here knows what the frames mean.
 */
@NullMarked
package dev.divan.transport.jetty;

import org.jspecify.annotations.NullMarked;
