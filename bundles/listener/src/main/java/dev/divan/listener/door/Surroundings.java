// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.replicator.PassivePeer;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentities;
import dev.divan.transport.Acceptor;
import java.util.concurrent.Executor;

/**
 * What a door is built into.
 *
 * @param acceptor binds the port
 * @param passive serves who is let in
 * @param contexts makes TLS of an identity
 * @param identities has the anonymous identity
 * @param judging runs authenticators; bounded, and may reject
 */
public record Surroundings(
    Acceptor acceptor,
    PassivePeer passive,
    TLSContexts contexts,
    TLSIdentities identities,
    Executor judging) {}
