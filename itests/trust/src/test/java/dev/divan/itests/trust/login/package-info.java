// SPDX-License-Identifier: Apache-2.0

/** A JAAS realm as somebody else would bring it; the bundles see it by boot delegation. */
@NullMarked
package dev.divan.itests.trust.login;

import org.jspecify.annotations.NullMarked;
