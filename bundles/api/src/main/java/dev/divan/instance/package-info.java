// SPDX-License-Identifier: Apache-2.0

/**
 * What every configured instance is made with: its name, its settings read from configuration in
 * any form, the services it waits for, and the notice it hangs out while it waits or refuses.
 *
 * <p>For components of Divan and of those who extend it. Declarative Services cannot build a target
 * filter from a shorthand, nor tell in words what a component lacks; {@link
 * dev.divan.instance.Settings} does the one, {@link dev.divan.instance.Needs} the other, and {@link
 * dev.divan.instance.Notice} lets others see it. The room starts no thread and calls nobody while
 * it holds a lock.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.divan.instance;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
