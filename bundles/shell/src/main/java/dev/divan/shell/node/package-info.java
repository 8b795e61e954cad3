// SPDX-License-Identifier: Apache-2.0

/**
 * What there is in this node just now: services, notices of what is not there and why,
 * configurations. The only room that asks the framework. It lets no secret through: of a
 * configuration it shows the properties known to be harmless, and of the others the name.
 */
@NullMarked
package dev.divan.shell.node;

import org.jspecify.annotations.NullMarked;
