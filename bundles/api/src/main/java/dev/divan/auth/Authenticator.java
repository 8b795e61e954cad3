// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import dev.divan.tls.TLSIdentity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * How an active peer introduces itself. Registered as a service, or given to a replicator
 * configuration in code.
 */
@ConsumerType
public interface Authenticator {

  /** The request headers to add, asked for before each connection. */
  default Map<String, String> headers() {
    return Map.of();
  }

  /** The certificate to present if asked for one, or null. */
  default @Nullable TLSIdentity identity() {
    return null;
  }
}
