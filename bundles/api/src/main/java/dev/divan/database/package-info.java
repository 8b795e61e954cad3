// SPDX-License-Identifier: Apache-2.0

/**
 * The document database as applications use it, with Couchbase Lite's names: databases, scopes,
 * collections, documents, blobs, change listeners and conflict resolvers.
 *
 * <p>Applications call {@link dev.divan.database.Database} and {@link
 * dev.divan.database.Collection} and implement the listeners and resolvers; values such as {@link
 * dev.divan.database.MutableDocument} are made with {@code new}. How revisions travel is told in
 * {@code dev.divan.database.replica}. Nothing here knows a network.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.database;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
