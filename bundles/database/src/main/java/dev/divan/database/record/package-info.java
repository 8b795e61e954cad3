// SPDX-License-Identifier: Apache-2.0

/**
 * What stands behind the keys: records of documents and changes as bytes. Each begins with a byte
 * that names its format, so that later ones can read earlier ones. Pure.
 */
@NullMarked
package dev.divan.database.record;

import org.jspecify.annotations.NullMarked;
