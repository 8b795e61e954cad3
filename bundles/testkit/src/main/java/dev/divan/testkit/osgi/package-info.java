// SPDX-License-Identifier: Apache-2.0

/**
 * The framework in which tests of components register services and look at what comes of it. For
 * tests only; a test brings the framework it wants (Felix, Equinox) and {@code osgi.core} on its
 * class path, and who uses the other suites needs neither. Knows no bundle.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.osgi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
