// SPDX-License-Identifier: Apache-2.0

/**
 * The bundle's services and configurations: the passive door, the factory for replicators made in
 * code, a replicator for each configuration of {@code dev.divan.replicator} with the filters,
 * resolvers and listeners that other bundles offer to it and the condition that it is in sync, a
 * client authenticator for each of {@code dev.divan.auth.basic}.
 *
 * <p>Wiring only; nobody but Declarative Services uses it.
 */
@NullMarked
package dev.divan.replicator.instance;

import org.jspecify.annotations.NullMarked;
