// SPDX-License-Identifier: Apache-2.0

/**
 * The bundle's services and configurations: the factory for listeners made in code, and a listener
 * for each configuration of {@code dev.divan.listener}.
 *
 * <p>Wiring only; nobody but Declarative Services uses it.
 */
@NullMarked
package dev.divan.listener.instance;

import org.jspecify.annotations.NullMarked;
