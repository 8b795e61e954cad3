// SPDX-License-Identifier: Apache-2.0

/**
 * What the stand-alone node adds to the bundles it carries: a line for each listener and one when
 * it is ready, configuration faults in words, configuration files in JSON, and a default store.
 *
 * <p>Used by the launcher only, which says where the home folder is (framework property {@code
 * dev.divan.node.home}) and offers standard output as a service. It looks from outside, through the
 * component runtime and Configuration Admin: no other bundle knows it, and it knows none but the
 * api.
 */
@NullMarked
package dev.divan.node.agent;

import org.jspecify.annotations.NullMarked;
