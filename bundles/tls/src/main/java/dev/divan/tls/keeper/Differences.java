// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.jspecify.annotations.Nullable;

/** Whether a certificate says what is asked for. */
final class Differences {
  private Differences() {}

  /** In words, each for a difference: what there is, rather than what is wanted. */
  static List<String> between(X509Certificate there, IdentityAttributes wanted)
      throws IdentityException {
    try {
      List<String> differences = new ArrayList<>();
      compare(
          differences,
          "the subject ",
          there.getSubjectX500Principal(),
          new X500Principal(Names.subject(wanted).getEncoded()));
      compare(
          differences,
          "the alternative names ",
          names(alternatives(there)),
          names(Names.alternatives(wanted)));
      compare(
          differences, "a key ", there.getPublicKey().getAlgorithm(), wanted.keyAlgorithm().name());
      Instant expiration = wanted.expiration();
      if (expiration != null) {
        compare(
            differences,
            "the expiration ",
            there.getNotAfter().toInstant(),
            expiration.truncatedTo(ChronoUnit.SECONDS));
      }
      return differences;
    } catch (IOException | IllegalArgumentException e) {
      throw new IdentityException("the certificate cannot be written: " + e.getMessage(), e);
    }
  }

  private static void compare(List<String> differences, String what, Object there, Object wanted) {
    if (!there.equals(wanted)) {
      differences.add(what + there + " rather than " + wanted);
    }
  }

  private static @Nullable GeneralNames alternatives(X509Certificate certificate)
      throws IOException {
    byte[] extension = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
    return extension == null
        ? null
        : GeneralNames.getInstance(JcaX509ExtensionUtils.parseExtensionValue(extension));
  }

  /** Regardless of their order. */
  private static Set<String> names(@Nullable GeneralNames names) {
    return names == null
        ? Set.of()
        : Arrays.stream(names.getNames())
            .map(Differences::words)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String words(GeneralName name) {
    if (name.getTagNo() != GeneralName.iPAddress) {
      return name.getName().toString();
    }
    try {
      byte[] address = ASN1OctetString.getInstance(name.getName()).getOctets();
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an IP address of odd length", e);
    }
  }
}
