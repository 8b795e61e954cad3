// SPDX-License-Identifier: Apache-2.0

/**
 * What a store on disk needs whatever its engine: a directory with a folder for each space, their
 * names and locks, blobs as files, and steps that survive a loss of power and an interrupt.
 *
 * <p>{@link dev.divan.store.files.FolderStore} is extended by a store and opens its spaces. Nothing
 * here knows an engine, or documents; it refuses folders that another process holds.
 */
@NullMarked
package dev.divan.store.files;

import org.jspecify.annotations.NullMarked;
