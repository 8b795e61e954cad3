// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityAttributes.KeyAlgorithm;
import dev.divan.tls.IdentityException;
import dev.divan.tls.material.KeyMaterial;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a key pair and a certificate it signs itself, for servers and clients alike. */
final class SelfSigned {
  /** How far back a certificate is valid, for peers whose clock is late. */
  static final Duration LEEWAY = Duration.ofDays(1);

  /** The life of a certificate that asks for none. */
  static final Duration USUAL_LIFE = Duration.ofDays(365);

  /**
   * No right clock shows less. A board without a battery starts in 1970; what it makes then must
   * not have expired when it learns the time.
   */
  static final Instant EARLIEST_NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** The last year X.509 can write. */
  static final int LAST_YEAR = 9999;

  /** As everybody takes them; more costs boards a second each. */
  private static final int RSA_BITS = 2048;

  private static final SecureRandom RANDOM = new SecureRandom();

  private SelfSigned() {}

  static KeptIdentity make(String label, IdentityAttributes attributes, Instant now)
      throws IdentityException {
    Instant end = attributes.expiration();
    if (end == null) {
      end = (now.isBefore(EARLIEST_NOW) ? EARLIEST_NOW : now).plus(USUAL_LIFE);
    }
    if (end.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR) {
      throw new IdentityException("the expiration " + end + " is beyond the year " + LAST_YEAR);
    }
    try {
      KeyPair pair = pair(attributes.keyAlgorithm());
      X509Certificate certificate =
          certificate(pair, attributes, Date.from(now.minus(LEEWAY)), Date.from(end));
      return new KeptIdentity(label, new KeyMaterial(pair.getPrivate(), List.of(certificate)));
    } catch (GeneralSecurityException
        | OperatorCreationException
        | IOException
        | IllegalArgumentException e) {
      throw new IdentityException(
          "the identity " + label + " cannot be made: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(
      KeyPair pair, IdentityAttributes attributes, Date from, Date to)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name subject = Names.subject(attributes);
    // 127 random bits: positive, never zero in practice, and within the 20 bytes RFC 5280 allows
    BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(subject, serial, from, to, subject, pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage,
        false,
        new ExtendedKeyUsage(
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
    GeneralNames names = Names.alternatives(attributes);
    if (names != null) {
      builder.addExtension(Extension.subjectAlternativeName, false, names);
    }
    String signature =
        switch (attributes.keyAlgorithm()) {
          case EC -> "SHA256withECDSA";
          case RSA -> "SHA256withRSA";
        };
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
  }

  private static KeyPair pair(KeyAlgorithm algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.name());
    switch (algorithm) {
      case EC -> generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      case RSA -> generator.initialize(RSA_BITS, RANDOM);
    }
    return generator.generateKeyPair();
  }
}
