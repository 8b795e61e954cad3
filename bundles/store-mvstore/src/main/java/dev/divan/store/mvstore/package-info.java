// SPDX-License-Identifier: Apache-2.0

/**
 * A durable store: spaces in H2's MVStore, blobs as files beside them.
 *
 * <p>Only this bundle knows MVStore. {@link dev.divan.store.mvstore.MVSpaces} is one directory of
 * spaces; a space is one MVStore file in a folder of its own. Nobody imports this package; other
 * code meets it as a {@code Store} service. It refuses to share a space between processes, and to
 * open one whose files it cannot trust.
 */
@NullMarked
package dev.divan.store.mvstore;

import org.jspecify.annotations.NullMarked;
