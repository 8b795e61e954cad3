// SPDX-License-Identifier: Apache-2.0

/**
 * Why two peers do not sync: one step after the other from the name to the collections, each with
 * what it found and what to do about it.
 *
 * <p>The steps see the network through {@link dev.divan.shell.doctor.World} and nothing else. The
 * doctor sends a password only to a peer whose certificate has been trusted by the rule given (or
 * in clear where the address says so), changes nothing at the peer, and trusts nobody that a
 * replicator would not.
 */
@NullMarked
package dev.divan.shell.doctor;

import org.jspecify.annotations.NullMarked;
