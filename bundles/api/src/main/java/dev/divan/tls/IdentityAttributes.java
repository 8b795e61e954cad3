// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a self-signed certificate says.
 *
 * @param commonName required
 * @param expiration not after; null for one year from now; in the past is an error
 * @param subjectAlternativeNames host names and IP addresses, plain; the kind is seen from the text
 */
public record IdentityAttributes(
    String commonName,
    @Nullable String organization,
    @Nullable String organizationUnit,
    @Nullable String emailAddress,
    List<String> subjectAlternativeNames,
    @Nullable Instant expiration) {
  public IdentityAttributes {
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** A common name and nothing else. */
  public static IdentityAttributes of(String commonName) {
    return new IdentityAttributes(commonName, null, null, null, List.of(), null);
  }
}
