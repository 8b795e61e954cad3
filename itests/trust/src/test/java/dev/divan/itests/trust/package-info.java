// SPDX-License-Identifier: Apache-2.0

/**
 * Who gets in and who does not: two nodes, each a Felix of its own in this JVM with the real
 * bundles, driven by Configuration Admin and looked into through the services they register. The
 * API is the test's own class path, shown to the bundles by the framework, so that both speak of
 * the same classes.
 */
@NullMarked
package dev.divan.itests.trust;

import org.jspecify.annotations.NullMarked;
