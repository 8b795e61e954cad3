// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end.
 *
 * @param id the most lasting name we have for it: configured, its database's identity, its
 *     certificate, its URL
 * @param address as a person writes it
 * @param principal who it authenticated as; null if nobody was asked
 * @param roles of that principal
 */
public record PeerContext(
    String id, String address, @Nullable String principal, Set<String> roles) {
  public PeerContext {
    roles = Set.copyOf(roles);
  }
}
