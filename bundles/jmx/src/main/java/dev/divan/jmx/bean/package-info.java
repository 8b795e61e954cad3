// SPDX-License-Identifier: Apache-2.0

/**
 * What a management console sees of a replicator, listener, database or identity: plain numbers and
 * texts, and a few operations.
 *
 * <p>The interfaces are public because JMX wants them so; nobody but JMX may use them. Nothing here
 * shows a key, a password or a request header.
 */
@NullMarked
package dev.divan.jmx.bean;

import org.jspecify.annotations.NullMarked;
