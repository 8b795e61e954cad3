// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key and those above it, that can sign others. */
final class Authority {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

  private static final AtomicLong SERIAL = new AtomicLong();

  private final String subject;
  private final KeyPair keys;
  private final List<X509Certificate> chain = new ArrayList<>();

  private Authority(
      Authority issuer, String subject, boolean authority, Instant until, KeyPurposeId... purposes)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    this.subject = subject;
    this.keys = generator.generateKeyPair();
    Authority signer = issuer == null ? this : issuer;
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(signer.subject),
            BigInteger.valueOf(SERIAL.incrementAndGet()),
            Date.from(FROM),
            Date.from(until),
            new X500Name(subject),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
    if (purposes.length > 0) {
      builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purposes));
    }
    chain.add(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(
                    new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(signer.keys.getPrivate()))));
    if (issuer != null) {
      chain.addAll(issuer.chain);
    }
  }

  static Authority root(String subject) throws Exception {
    return new Authority(null, subject, true, UNTIL);
  }

  static Authority rootUntil(String subject, Instant until) throws Exception {
    return new Authority(null, subject, true, until);
  }

  static Authority selfSigned(String subject, KeyPurposeId... purposes) throws Exception {
    return new Authority(null, subject, false, UNTIL, purposes);
  }

  Authority authority(String subject, Instant until) throws Exception {
    return new Authority(this, subject, true, until);
  }

  Authority client(String subject, KeyPurposeId... purposes) throws Exception {
    return new Authority(this, subject, false, UNTIL, purposes);
  }

  Authority clientUntil(String subject, Instant until) throws Exception {
    return new Authority(this, subject, false, until);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** Its own certificate first, the root last. */
  List<X509Certificate> chain() {
    return List.copyOf(chain);
  }

  String pem() throws Exception {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate().getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }
}
