// SPDX-License-Identifier: Apache-2.0

/**
 * Stand-ins for the services of Divan, which answer what a test tells them to and nothing else. For
 * tests only; they hold no rules, so a test against them proves what the tested does, not that the
 * real ones would play along.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.fake;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
