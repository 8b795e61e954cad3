// SPDX-License-Identifier: Apache-2.0

/**
 * An open WebSocket, the same on both sides: {@link
 * dev.divan.transport.jetty.channel.WebSocketChannel} stands between Jetty's frames and the
 * contract; {@code Inbox} (who is called when), {@code Assembly} (fragments) and {@code Heartbeat}
 * (when to ping, when to give up) are its pure parts. Used by the rooms beside; refuses to know how
 * the connection came about.
 */
@NullMarked
package dev.divan.transport.jetty.channel;

import org.jspecify.annotations.NullMarked;
