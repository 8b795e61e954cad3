// SPDX-License-Identifier: Apache-2.0

/** Registers a bean for each service, and takes it away with the service. */
@NullMarked
package dev.divan.jmx.instance;

import org.jspecify.annotations.NullMarked;
