// SPDX-License-Identifier: Apache-2.0

/**
 * The commit queue: many writers, one commit at a time, as many operations in each as came while
 * the one before was made durable. Knows nothing of documents.
 */
@NullMarked
package dev.divan.database.commit;

import org.jspecify.annotations.NullMarked;
