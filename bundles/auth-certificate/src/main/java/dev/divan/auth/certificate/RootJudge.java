// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.Verdict;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Admits who has a certificate of the list, or one that an authority of the list has signed,
 * through the certificates between that the client has sent (PKIX). Dates are checked, the listed
 * certificate's included; revocation is not. A listed certificate that is no authority stands for
 * itself alone. Immutable.
 */
final class RootJudge implements CertificateJudge {
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
  private static final String FOR_ANYTHING = "2.5.29.37.0";

  private final Set<X509Certificate> listed;
  private final Set<TrustAnchor> authorities = new HashSet<>();
  private final Clock clock;

  /**
   * @throws IllegalArgumentException if the list is empty: it would admit nobody
   */
  RootJudge(List<X509Certificate> roots, Clock clock) {
    if (roots.isEmpty()) {
      throw new IllegalArgumentException("there is no root certificate");
    }
    this.listed = Set.copyOf(roots);
    this.clock = clock;
    for (X509Certificate root : listed) {
      if (isAuthority(root)) {
        authorities.add(new TrustAnchor(root, null));
      }
    }
  }

  /** Before version 3 there was no way to say so, and a self-signed one is meant as one. */
  private static boolean isAuthority(X509Certificate root) {
    return root.getVersion() < 3
        ? root.getSubjectX500Principal().equals(root.getIssuerX500Principal())
        : root.getBasicConstraints() >= 0;
  }

  @Override
  public Verdict judge(List<X509Certificate> chain, @Nullable InetSocketAddress address) {
    X509Certificate own = chain.get(0);
    Date now = Date.from(clock.instant());
    try {
      own.checkValidity(now);
      if (!listed.contains(own)) {
        if (!isForClients(own)) {
          return refused(own, "is not for clients, says its extended key usage");
        }
        follow(chain, now).checkValidity(now);
      }
      return new Verdict.Admitted(Subject.name(own), Subject.roles(own));
    } catch (CertificateExpiredException e) {
      return refused(own, "has expired, or the root above it has: " + e.getMessage());
    } catch (CertificateNotYetValidException e) {
      return refused(own, "is not valid yet, if this machine's clock is right: " + e.getMessage());
    } catch (CertPathValidatorException e) {
      return e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID
          ? refused(own, "is below one that is not valid today")
          : refused(own, "leads to none of the roots listed: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      return refused(own, "cannot be read: " + e.getMessage());
    }
  }

  private static boolean isForClients(X509Certificate own) throws CertificateParsingException {
    List<String> usages = own.getExtendedKeyUsage();
    return usages == null || usages.contains(FOR_CLIENTS) || usages.contains(FOR_ANYTHING);
  }

  /** The authority at the end of a path that holds. */
  private X509Certificate follow(List<X509Certificate> chain, Date now)
      throws GeneralSecurityException {
    if (authorities.isEmpty()) {
      throw new CertPathValidatorException("none of them is an authority");
    }
    List<X509Certificate> path = new ArrayList<>();
    for (X509Certificate each : chain) {
      if (authorities.stream().anyMatch(anchor -> each.equals(anchor.getTrustedCert()))) {
        break;
      }
      path.add(each);
    }
    PKIXParameters parameters = new PKIXParameters(authorities);
    parameters.setRevocationEnabled(false);
    parameters.setDate(now);
    PKIXCertPathValidatorResult result =
        (PKIXCertPathValidatorResult)
            CertPathValidator.getInstance("PKIX")
                .validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    return result.getTrustAnchor().getTrustedCert();
  }

  private static Verdict refused(X509Certificate own, String why) {
    return new Verdict.Refused("the certificate of " + Subject.name(own) + " " + why);
  }

  @Override
  public String toString() {
    return listed.size() + " roots, revocation not checked";
  }
}
