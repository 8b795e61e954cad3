// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns identities and trust rules into what a transport needs: TLS 1.2 and 1.3, cipher suites with
 * forward secrecy and authenticated encryption, no renegotiation, whatever the JVM would allow. A
 * service; may be called from any thread.
 */
@ProviderType
public interface TLSContexts {

  /**
   * For dialling.
   *
   * @param identity presented if the listener asks; may be null
   */
  SSLContext client(ServerTrust trust, @Nullable TLSIdentity identity) throws IdentityException;

  /**
   * For listening. The identity is asked for at each handshake, so a new one counts from the next
   * connection on. Client certificates are taken as they come, proven but not judged: the
   * listener's authenticator does that. It makes {@code SSLEngine}s; server sockets it has none.
   */
  SSLContext server(Supplier<TLSIdentity> identity) throws IdentityException;
}
