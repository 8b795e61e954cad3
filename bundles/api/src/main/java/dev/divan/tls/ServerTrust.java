// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** By which rule an active peer trusts the certificate of a listener. Exactly one applies. */
public sealed interface ServerTrust {

  /**
   * Signed by an authority, and made out for the host dialled: a host name is looked for among the
   * certificate's DNS names, an IP address among its IP addresses, and without either nobody is
   * trusted. A peer that has neither in its certificate is trusted by another rule or not at all.
   * The default.
   *
   * @param roots the only authorities that count; empty for those the JVM knows
   */
  record Authorities(Set<X509Certificate> roots) implements ServerTrust {
    public Authorities {
      roots = Set.copyOf(roots);
    }

    /** Those the JVM knows. */
    public Authorities() {
      this(Set.of());
    }
  }

  /**
   * Self-signed, a chain of exactly one; a certificate signed by an authority is refused. The host
   * name is not looked at.
   */
  record OnlySelfSigned() implements ServerTrust {}

  /**
   * Exactly one of these certificates; beats every other rule, host name and dates included.
   * Several are for the time in which a listener changes from one identity to the next.
   *
   * @param fingerprints SHA-256 of each; in hexadecimal, colons and capitals are as good as none;
   *     at least one; their order is kept
   */
  record Pinned(Set<String> fingerprints) implements ServerTrust {
    /**
     * @throws IllegalArgumentException if there is none
     */
    public Pinned {
      Set<String> plain = new LinkedHashSet<>();
      for (String pin : fingerprints) {
        plain.add(pin.replace(":", "").toLowerCase(Locale.ROOT));
      }
      fingerprints = Collections.unmodifiableSet(plain);
      if (fingerprints.isEmpty()) {
        throw new IllegalArgumentException("no certificate is pinned");
      }
    }

    public Pinned(String sha256) {
      this(Set.of(sha256));
    }

    /** The certificates themselves instead of their fingerprints. */
    public static Pinned to(X509Certificate... certificates) {
      Set<String> pins = new LinkedHashSet<>();
      for (X509Certificate certificate : certificates) {
        pins.add(TLSIdentity.fingerprint(certificate));
      }
      return new Pinned(pins);
    }

    /** The first, by which the peer is remembered: the one that was there before the change. */
    public String sha256() {
      return fingerprints.iterator().next();
    }
  }

  /** The rule for these settings; a pin wins. */
  static ServerTrust of(boolean onlySelfSigned, @Nullable String pinnedSha256) {
    return of(onlySelfSigned, pinnedSha256 == null ? Set.of() : Set.of(pinnedSha256), Set.of());
  }

  /** The rule for these settings: pins beat only self-signed, which beats authorities. */
  static ServerTrust of(
      boolean onlySelfSigned, Set<String> pins, Collection<X509Certificate> roots) {
    if (!pins.isEmpty()) {
      return new Pinned(pins);
    }
    return onlySelfSigned ? new OnlySelfSigned() : new Authorities(Set.copyOf(roots));
  }
}
