// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.trust;

import dev.divan.tls.TLSIdentity;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for tests: RSA, so that both kinds of key are seen. */
final class TestAuthority {
  private static final String NAME = "Test authority";

  private final KeyPair keys = pair();
  private final X509Certificate root;

  TestAuthority() throws Exception {
    root = certificate(NAME, NAME, keys, Instant.now().plus(Duration.ofDays(99)), true);
  }

  KeyStore anchors() throws Exception {
    KeyStore anchors = KeyStore.getInstance("PKCS12");
    anchors.load(null, null);
    anchors.setCertificateEntry("root", root);
    return anchors;
  }

  X509Certificate root() {
    return root;
  }

  /** A leaf with the root behind it. */
  TLSIdentity sign(String subject, Instant until, String... hosts) throws Exception {
    KeyPair pair = pair();
    return identity(
        pair.getPrivate(), List.of(certificate(subject, NAME, pair, until, false, hosts), root));
  }

  /** A leaf alone that names any issuer, though we sign it. */
  TLSIdentity signAs(String subject, String issuer, Instant until) throws Exception {
    KeyPair pair = pair();
    return identity(pair.getPrivate(), List.of(certificate(subject, issuer, pair, until, false)));
  }

  private X509Certificate certificate(
      String subject, String issuer, KeyPair pair, Instant until, boolean ca, String... hosts)
      throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(Instant.now().minus(Duration.ofDays(30))),
            Date.from(until),
            new X500Name("CN=" + subject),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
    if (hosts.length > 0) {
      GeneralName[] names =
          Stream.of(hosts)
              .map(
                  host ->
                      new GeneralName(
                          Character.isDigit(host.charAt(0))
                              ? GeneralName.iPAddress
                              : GeneralName.dNSName,
                          host))
              .toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
  }

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static TLSIdentity identity(PrivateKey key, List<X509Certificate> chain) {
    return new TLSIdentity() {
      @Override
      public String getLabel() {
        return "test";
      }

      @Override
      public List<X509Certificate> getCerts() {
        return chain;
      }

      @Override
      public Instant getExpiration() {
        return chain.get(0).getNotAfter().toInstant();
      }

      @Override
      public PrivateKey getPrivateKey() {
        return key;
      }
    };
  }
}
