// SPDX-License-Identifier: Apache-2.0

/**
 * What every configured instance is made with: its name, its settings read from configuration in
 * any form, and the services it waits for.
 *
 * <p>For components of Divan and of those who extend it. Declarative Services cannot build a target
 * filter from a shorthand, nor tell in words what a component lacks; {@link
 * dev.divan.instance.Needs} does both. The room starts no thread and calls nobody while it holds a
 * lock.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.instance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
