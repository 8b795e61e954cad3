// SPDX-License-Identifier: Apache-2.0

/**
 * The reference store: spaces and blobs on the heap, gone with the store. It is here for tests, for
 * throw-away data, and to show what the contract of {@code dev.divan.store} means; every other
 * store must behave as this one does.
 *
 * <p>It refuses to be durable, to spill to disk and to limit what it is given: what is put in must
 * fit the heap. Nobody imports this package; other code meets it as a {@code Store} service.
 */
@NullMarked
package dev.divan.store.memory;

import org.jspecify.annotations.NullMarked;
