// SPDX-License-Identifier: Apache-2.0

/**
 * The way in: {@link dev.divan.transport.jetty.accept.Entrance} is a bound port, {@code Admission}
 * counts and times those who are not through yet, {@code Porter} reads the request to upgrade and
 * asks the doorkeeper, {@code Refusal} writes the answer to those who stay out. Everything a
 * stranger can do before the doorkeeper knows him is limited here.
 */
@NullMarked
package dev.divan.transport.jetty.accept;

import org.jspecify.annotations.NullMarked;
