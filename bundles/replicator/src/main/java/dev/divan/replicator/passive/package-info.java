// SPDX-License-Identifier: Apache-2.0

/** The passive stance: a listener's client is served until it leaves. */
@NullMarked
package dev.divan.replicator.passive;

import org.jspecify.annotations.NullMarked;
