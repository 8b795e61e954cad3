// SPDX-License-Identifier: Apache-2.0

/**
 * The suites that every store must pass. A store's own test extends {@link
 * dev.divan.testkit.store.StoreSuite}, or for a store on disk {@link
 * dev.divan.testkit.store.DiskStoreSuite}, says how to open the store, and is done; the component
 * that configures a store in folders passes {@link dev.divan.testkit.store.StoreInstanceSuite}.
 *
 * <p>For tests only; in no feature. They refuse to know any store: they speak {@code
 * dev.divan.store} and assert nothing that contract, or what they say themselves of disks, does not
 * say.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.testkit.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
