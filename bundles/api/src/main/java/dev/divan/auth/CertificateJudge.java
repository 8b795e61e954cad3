// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides about client certificates in place of a list of roots. Registered as a service with the
 * property {@code name}, by which a certificate authenticator chooses it; or given to one in code.
 *
 * <p>The judge is alone: nothing has looked at the chain before, neither at signatures nor at
 * dates. All that is proven is that the client holds the key of the first certificate. Called on a
 * thread that may block, several calls at once. Anything thrown is a refusal.
 */
@ConsumerType
@FunctionalInterface
public interface CertificateJudge {

  /**
   * @param chain as the client presented it, its own certificate first; never empty
   * @param address where it comes from, if known
   */
  Verdict judge(List<X509Certificate> chain, @Nullable InetSocketAddress address);
}
