// SPDX-License-Identifier: Apache-2.0

/**
 * What both stances of a conversation share: one connection, the collections it concerns, revisions
 * and blobs going out and coming in.
 *
 * <p>Everything here runs on the connection's lane and needs no locks; disk and user code are sent
 * to the workers and come back to the lane. It does not know who dialled, when to retry, or what a
 * checkpoint is.
 */
@NullMarked
package dev.divan.replicator.conversation;

import org.jspecify.annotations.NullMarked;
