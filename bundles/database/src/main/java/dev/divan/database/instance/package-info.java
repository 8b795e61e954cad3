// SPDX-License-Identifier: Apache-2.0

/** Databases as services: one for each configuration, and the factory for those opened in code. */
@NullMarked
package dev.divan.database.instance;

import org.jspecify.annotations.NullMarked;
