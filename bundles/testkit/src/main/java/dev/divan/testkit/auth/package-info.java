// SPDX-License-Identifier: Apache-2.0

/**
 * The suite that every listener authenticator must pass. An authenticator's own test extends {@link
 * dev.divan.testkit.auth.AuthenticatorSuite}, brings credentials that are right and some that are
 * wrong, and is done.
 *
 * <p>For tests only; in no feature. It knows the contract in {@code dev.divan.auth} and no
 * authenticator, and measures no time: that names nobody has cost as much as those somebody has is
 * for each authenticator's own test.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
