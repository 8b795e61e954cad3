// SPDX-License-Identifier: Apache-2.0

/** Blobs over the store's room for them: digests, and bytes that are hashed while they pass. */
@NullMarked
package dev.divan.database.blob;

import org.jspecify.annotations.NullMarked;
