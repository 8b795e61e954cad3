// SPDX-License-Identifier: Apache-2.0

/**
 * The bundle's services and configurations: the keeper, and an identity for each configuration of
 * {@code dev.divan.tls.selfsigned}, {@code dev.divan.tls.imported} and {@code
 * dev.divan.tls.keystore}. Each kind is three small classes: the component, its metatype, and who
 * reads its settings; what they have in common is {@link dev.divan.tls.instance.IdentityInstance}.
 *
 * <p>Wiring only; nobody but Declarative Services uses it.
 */
@NullMarked
package dev.divan.tls.instance;

import org.jspecify.annotations.NullMarked;
