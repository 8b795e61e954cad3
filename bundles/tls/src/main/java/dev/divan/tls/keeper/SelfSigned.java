// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
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
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a key pair and a certificate it signs itself: EC P-256, for servers and clients alike. */
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

  /**
   * Subject alternative names in one certificate; more would not fit clients' handshake buffers.
   */
  static final int MAX_NAMES = 100;

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
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
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      KeyPair pair = generator.generateKeyPair();
      X509Certificate certificate =
          certificate(pair, attributes, Date.from(now.minus(LEEWAY)), Date.from(end));
      return new KeptIdentity(label, pair.getPrivate(), List.of(certificate));
    } catch (GeneralSecurityException
        | OperatorCreationException
        | IOException
        | IllegalArgumentException e) {
      throw new IdentityException(
          "the identity " + label + " cannot be made: " + e.getMessage(), e);
    }
  }

  /** The subject these attributes give. */
  static X500Principal subject(IdentityAttributes attributes) throws IdentityException {
    try {
      return new X500Principal(name(attributes).getEncoded());
    } catch (IOException | IllegalArgumentException e) {
      throw new IdentityException("the subject cannot be written: " + e.getMessage(), e);
    }
  }

  private static X509Certificate certificate(
      KeyPair pair, IdentityAttributes attributes, Date from, Date to)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    X500Name subject = name(attributes);
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
    List<String> names = attributes.subjectAlternativeNames();
    if (names.size() > MAX_NAMES) {
      throw new IllegalArgumentException(
          names.size() + " subject alternative names; at most " + MAX_NAMES + " are allowed");
    }
    if (!names.isEmpty()) {
      GeneralName[] general =
          names.stream().map(SelfSigned::generalName).toArray(GeneralName[]::new);
      builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(general));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
  }

  private static GeneralName generalName(String text) {
    boolean address = text.indexOf(':') >= 0 || IPV4.matcher(text).matches();
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }

  private static X500Name name(IdentityAttributes attributes) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    if (attributes.commonName().isBlank()) {
      throw new IllegalArgumentException("the common name is empty");
    }
    name.addRDN(BCStyle.CN, attributes.commonName());
    if (attributes.organizationUnit() != null) {
      name.addRDN(BCStyle.OU, attributes.organizationUnit());
    }
    if (attributes.organization() != null) {
      name.addRDN(BCStyle.O, attributes.organization());
    }
    if (attributes.emailAddress() != null) {
      name.addRDN(BCStyle.E, attributes.emailAddress());
    }
    return name.build();
  }
}
