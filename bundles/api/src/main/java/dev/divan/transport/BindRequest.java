// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.net.InetAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen and what to allow.
 *
 * @param address the interface's address; null for all
 * @param port 0 for any free one
 * @param tls our identity; null means in clear
 * @param clientCertificate whether a client is asked for a certificate; one that has none still
 *     knocks, and the doorkeeper decides
 * @param handshakeTimeout for TLS and the upgrade request together, after which a silent client is
 *     dropped
 * @param heartbeat silence after which a ping is sent; zero for none
 * @param maxConnections sockets accepted at a time, before and after the upgrade
 */
public record BindRequest(
    @Nullable InetAddress address,
    int port,
    @Nullable SSLContext tls,
    boolean clientCertificate,
    Duration handshakeTimeout,
    Duration heartbeat,
    int maxConnections) {}
