// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.tls.TLSIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
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
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A key with its certificate and those above it, which may sign others. Those it signs are for
 * 127.0.0.1.
 */
final class Issuer {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final AtomicLong SERIAL = new AtomicLong();

  private final X500Name subject;
  private final KeyPair keys;
  private final List<X509Certificate> chain = new ArrayList<>();

  private Issuer(
      @Nullable Issuer above, String name, boolean authority, Duration left, KeyPurposeId purpose) {
    subject = new X500Name("CN=" + name + ",OU=fleet");
    Issuer signer = above == null ? this : above;
    Instant until = Instant.now().plus(left);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              signer.subject,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(until.minus(YEAR)),
              Date.from(until),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      chain.add(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new JcaContentSignerBuilder("SHA256withECDSA")
                          .build(signer.keys.getPrivate()))));
    } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
      throw new IllegalStateException(e);
    }
    if (above != null) chain.addAll(above.chain);
  }

  static Issuer authority(String name) {
    return new Issuer(null, name, true, YEAR, KeyPurposeId.anyExtendedKeyUsage);
  }

  /** Signed by itself. */
  static Issuer alone(String name, Duration left) {
    return new Issuer(null, name, false, left, KeyPurposeId.anyExtendedKeyUsage);
  }

  Issuer server(String name, Duration left) {
    return new Issuer(this, name, false, left, KeyPurposeId.id_kp_serverAuth);
  }

  Issuer client(String name, Duration left) {
    return new Issuer(this, name, false, left, KeyPurposeId.id_kp_clientAuth);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  String fingerprint() {
    return TLSIdentity.fingerprint(certificate());
  }

  /** The certificate. */
  String pem() {
    return TLSIdentity.pem(certificate());
  }

  /** Certificates and key. */
  String pemPair() {
    StringBuilder pem = new StringBuilder();
    chain.forEach(each -> pem.append(TLSIdentity.pem(each)));
    return pem.append("-----BEGIN PRIVATE KEY-----\n")
        .append(
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(keys.getPrivate().getEncoded()))
        .append("\n-----END PRIVATE KEY-----\n")
        .toString();
  }

  byte[] key() {
    return keys.getPrivate().getEncoded();
  }

  byte[] pkcs12(String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "key", keys.getPrivate(), password.toCharArray(), chain.toArray(X509Certificate[]::new));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.toCharArray());
      return bytes.toByteArray();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String pkcs12Base64(String password) {
    return Base64.getEncoder().encodeToString(pkcs12(password));
  }
}
