// SPDX-License-Identifier: Apache-2.0

/**
 * How tests wait for what other threads do: by {@link dev.divan.testkit.await.Await}, with an end
 * to the patience and a complaint worth reading. For tests only; knows nothing of Divan, and
 * measures no time: that something came late is no failure.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.await;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
