// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of a store: named spaces, each a transactional, ordered map from byte keys to byte
 * values, with a room for blobs beside it.
 *
 * <p>Bundles that <em>provide</em> a store implement {@link dev.divan.store.Store} and register it
 * as a service with the property {@code name}. Only the database uses it. A store knows nothing of
 * documents, and nothing here assumes that it lives in this process: work is handed to it as a
 * function that it may run more than once, and all failures are {@link
 * dev.divan.store.StoreException}s.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.store;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
