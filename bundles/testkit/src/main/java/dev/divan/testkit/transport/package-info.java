// SPDX-License-Identifier: Apache-2.0

/**
 * What every transport must pass: {@link dev.divan.testkit.transport.TransportSuite}, subclassed by
 * each implementation, and {@link dev.divan.testkit.transport.Mailbox}, the receiver it uses. For
 * tests only; knows the contract and no implementation.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
