// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import java.time.Instant;
import java.util.List;

/**
 * What is known of an identity.
 *
 * @param from when its certificate begins to be valid
 * @param until when the first of its chain ceases to be
 * @param listeners that show it, by name
 */
public record CertificateFacts(String label, Instant from, Instant until, List<String> listeners) {
  public CertificateFacts {
    listeners = List.copyOf(listeners);
  }
}
