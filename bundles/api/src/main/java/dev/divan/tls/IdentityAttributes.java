// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a self-signed certificate says.
 *
 * @param commonName required
 * @param subjectAlternativeNames host names and IP addresses, plain; the kind is seen from the text
 * @param expiration not after; null for one year from now; in the past is an error
 * @param keyAlgorithm of the key pair that is made
 */
public record IdentityAttributes(
    String commonName,
    @Nullable String organization,
    @Nullable String organizationUnit,
    @Nullable String emailAddress,
    List<String> subjectAlternativeNames,
    @Nullable Instant expiration,
    KeyAlgorithm keyAlgorithm) {

  /** Which kind of key. */
  public enum KeyAlgorithm {
    /** Elliptic curve, P-256: small and quick. */
    EC,
    /** RSA, 2048 bits: for peers too old for elliptic curves. */
    RSA
  }

  public IdentityAttributes {
    subjectAlternativeNames = List.copyOf(subjectAlternativeNames);
  }

  /** With an EC key. */
  public IdentityAttributes(
      String commonName,
      @Nullable String organization,
      @Nullable String organizationUnit,
      @Nullable String emailAddress,
      List<String> subjectAlternativeNames,
      @Nullable Instant expiration) {
    this(
        commonName,
        organization,
        organizationUnit,
        emailAddress,
        subjectAlternativeNames,
        expiration,
        KeyAlgorithm.EC);
  }

  /** A common name and nothing else. */
  public static IdentityAttributes of(String commonName) {
    return new IdentityAttributes(commonName, null, null, null, List.of(), null);
  }

  /** The same with another kind of key. */
  public IdentityAttributes with(KeyAlgorithm algorithm) {
    return new IdentityAttributes(
        commonName,
        organization,
        organizationUnit,
        emailAddress,
        subjectAlternativeNames,
        expiration,
        algorithm);
  }
}
