// SPDX-License-Identifier: Apache-2.0

/**
 * The durable store: spaces in JetBrains Xodus, blobs as files beside them.
 *
 * <p>Only this bundle knows Xodus, which it carries inside. {@link
 * dev.divan.store.xodus.XodusStore} is one directory of spaces; a space is one Xodus environment in
 * a folder of its own. Nobody imports this package; other code meets it as a {@code Store} service.
 * It refuses to share a space between processes, and to open one whose files it cannot trust.
 */
@NullMarked
package dev.divan.store.xodus;

import org.jspecify.annotations.NullMarked;
