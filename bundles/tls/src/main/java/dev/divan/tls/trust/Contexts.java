// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Makes the contexts. TLS 1.2 and 1.3; what is older the JVM has disabled. Stateless, so a service
 * as it is.
 */
@Component(service = TLSContexts.class)
public final class Contexts implements TLSContexts {
  /**
   * Seconds a client may resume its session. Practically none: a resumed session shows no
   * certificate, so a withdrawn identity would live on in tickets, and a handshake with P-256 costs
   * a millisecond.
   */
  private static final int SESSION_SECONDS = 1;

  private final @Nullable KeyStore anchors;

  /** Trusts the authorities the JVM knows, where it is to trust authorities. */
  @Activate
  public Contexts() {
    this(null);
  }

  /**
   * @param anchors the authorities; null for those the JVM knows
   */
  public Contexts(@Nullable KeyStore anchors) {
    this.anchors = anchors;
  }

  @Override
  public SSLContext client(ServerTrust trust, @Nullable TLSIdentity identity)
      throws IdentityException {
    try {
      return context(identity == null ? null : new CurrentIdentity(() -> identity), judge(trust));
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot be set up for dialling: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLContext server(Supplier<TLSIdentity> identity) throws IdentityException {
    try {
      SSLContext context = context(new CurrentIdentity(identity), new AnyProvenClient());
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot be set up for listening: " + e.getMessage(), e);
    }
  }

  private TrustManager judge(ServerTrust trust) throws GeneralSecurityException {
    if (trust instanceof ServerTrust.Pinned pinned) {
      return new OnlyPinned(pinned.sha256());
    }
    return trust instanceof ServerTrust.OnlySelfSigned
        ? new OnlySelfSigned()
        : new Authorities(anchors);
  }

  private static SSLContext context(@Nullable KeyManager key, TrustManager judge)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        key == null ? new KeyManager[0] : new KeyManager[] {key}, new TrustManager[] {judge}, null);
    return context;
  }
}
