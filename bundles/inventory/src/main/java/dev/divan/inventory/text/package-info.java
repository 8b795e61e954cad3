// SPDX-License-Identifier: Apache-2.0

/** Facts, made harmless and bounded, and as text. Knows nothing of what is told, nor of OSGi. */
@NullMarked
package dev.divan.inventory.text;

import org.jspecify.annotations.NullMarked;
