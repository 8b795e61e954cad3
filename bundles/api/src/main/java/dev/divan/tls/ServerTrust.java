// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** By which rule an active peer trusts the certificate of a listener. Exactly one applies. */
public sealed interface ServerTrust {

  /** Signed by an authority the JVM knows, and the host name matches. The default. */
  record Authorities() implements ServerTrust {}

  /**
   * Self-signed, a chain of exactly one; a certificate signed by an authority is refused. The host
   * name is not looked at.
   */
  record OnlySelfSigned() implements ServerTrust {}

  /**
   * Exactly this certificate, or one with this fingerprint; beats every other rule, host name and
   * dates included.
   *
   * @param sha256 lower-case hexadecimal
   */
  record Pinned(String sha256) implements ServerTrust {
    public static Pinned to(X509Certificate certificate) {
      return new Pinned(TLSIdentity.fingerprint(certificate));
    }
  }

  /** The rule for these settings; a pin wins. */
  static ServerTrust of(boolean onlySelfSigned, @Nullable String pinnedSha256) {
    return pinnedSha256 != null
        ? new Pinned(pinnedSha256)
        : onlySelfSigned ? new OnlySelfSigned() : new Authorities();
  }
}
