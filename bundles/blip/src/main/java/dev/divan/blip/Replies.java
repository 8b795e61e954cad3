// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

/** Who gets the answer to a request: whole ({@link Reply}) or as it comes ({@link ReplySink}). */
public sealed interface Replies permits Reply, ReplySink {}
