// SPDX-License-Identifier: Apache-2.0

/**
 * The bundle's services and configurations: the keeper and the contexts, and an identity for each
 * configuration of {@code dev.divan.tls.selfsigned} and {@code dev.divan.tls.imported}.
 *
 * <p>Wiring only; nobody but Declarative Services uses it.
 */
@NullMarked
package dev.divan.tls.instance;

import org.jspecify.annotations.NullMarked;
