// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** One document changed. */
public record DocumentChange(Collection collection, String documentID) {}
