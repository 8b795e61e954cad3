// SPDX-License-Identifier: Apache-2.0

/**
 * JSON as Divan keeps it: bytes first. Bodies are checked in one streaming pass and stored as they
 * came; trees are views made on demand. Integers up to 64 bits and the difference between 2 and 2.0
 * survive.
 *
 * <p>For all bundles. The only room that has seen the JSON library.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.json;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
