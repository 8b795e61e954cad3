// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import dev.divan.tls.TLSIdentity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How an active peer introduces itself. Registered as a service, or given to a replicator
 * configuration in code. Called on threads that may block, by several at once.
 */
@ConsumerType
public interface Authenticator {

  /**
   * The request headers to add, asked for before each connection.
   *
   * @throws IllegalStateException if they cannot be had just now, with a sentence that says why
   */
  default Map<String, String> headers() {
    return Map.of();
  }

  /**
   * The request headers to add once the peer has answered 401, asked for at most once for each
   * connection. With them the request is sent again at once.
   *
   * @param challenges the values of {@code WWW-Authenticate}
   * @return null to let the refusal stand, which is the default
   */
  default @Nullable Map<String, String> answer(List<String> challenges) {
    return null;
  }

  /**
   * The certificate to present if asked for one, or null.
   *
   * @throws IllegalStateException as for {@link #headers}
   */
  default @Nullable TLSIdentity identity() {
    return null;
  }
}
