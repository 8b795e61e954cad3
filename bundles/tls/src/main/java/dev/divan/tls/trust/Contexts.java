// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSContexts;
import dev.divan.tls.TLSIdentity;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Makes the contexts. Stateless, so a service as it is. */
@Component(service = TLSContexts.class)
public final class Contexts implements TLSContexts {
  /**
   * Seconds a client may resume its session. Practically none: a resumed session shows no
   * certificate, so a withdrawn identity would live on in tickets, and a handshake with P-256 costs
   * a millisecond.
   */
  private static final int SESSION_SECONDS = 1;

  private final @Nullable KeyStore anchors;
  private final Clock clock;

  /** Trusts the authorities the JVM knows, where it is to trust authorities. */
  @Activate
  public Contexts() {
    this(null, Clock.systemUTC());
  }

  /**
   * @param anchors the authorities; null for those the JVM knows
   * @param clock tells when an identity of ours has expired
   */
  public Contexts(@Nullable KeyStore anchors, Clock clock) {
    this.anchors = anchors;
    this.clock = clock;
  }

  @Override
  public SSLContext client(ServerTrust trust, @Nullable TLSIdentity identity)
      throws IdentityException {
    try {
      return context(
          identity == null ? null : new CurrentIdentity(() -> identity, clock), judge(trust));
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot be set up for dialling: " + e.getMessage(), e);
    }
  }

  @Override
  public SSLContext server(Supplier<TLSIdentity> identity) throws IdentityException {
    try {
      SSLContext context = context(new CurrentIdentity(identity, clock), new AnyProvenClient());
      context.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IdentityException("TLS cannot be set up for listening: " + e.getMessage(), e);
    }
  }

  private TrustManager judge(ServerTrust trust) throws GeneralSecurityException {
    if (trust instanceof ServerTrust.Pinned pinned) {
      return new OnlyPinned(pinned.fingerprints());
    }
    if (trust instanceof ServerTrust.Authorities authorities) {
      return authorities.roots().isEmpty()
          ? new Authorities(anchors)
          : new Authorities(authorities.roots());
    }
    return new OnlySelfSigned();
  }

  private static SSLContext context(@Nullable KeyManager key, TrustManager judge)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        key == null ? new KeyManager[0] : new KeyManager[] {key}, new TrustManager[] {judge}, null);
    return Narrow.of(context);
  }
}
