// SPDX-License-Identifier: Apache-2.0

/**
 * For stores that keep their spaces in folders, whatever their engine: a directory with a folder
 * for each space, their names and locks, blobs as files, syncing, and steps that survive a loss of
 * power and an interrupt.
 *
 * <p>A store extends {@link dev.divan.store.files.FolderStore}, which names, locks out, deletes and
 * syncs, and opens its own {@link dev.divan.store.files.FolderSpace}s; these hold a {@link
 * dev.divan.store.files.FolderLock} and a {@link dev.divan.store.files.Gate} while they are open,
 * and may keep their blobs as {@link dev.divan.store.files.FileBlobs}. Nothing here knows an
 * engine, or documents; it refuses folders that another process holds. All may be called by all
 * threads.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.store.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
