// SPDX-License-Identifier: Apache-2.0

/**
 * The suite that every store must pass. A store's own test extends {@link
 * dev.divan.testkit.store.StoreSuite}, says how to open the store, and is done.
 *
 * <p>For tests only; in no feature. It refuses to know any store: it speaks {@code dev.divan.store}
 * and asserts nothing that contract does not say.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
