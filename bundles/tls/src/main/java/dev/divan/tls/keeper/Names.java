// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/** What attributes look like in X.509. */
final class Names {
  /**
   * Subject alternative names in one certificate; more would not fit clients' handshake buffers.
   */
  static final int MAX_ALTERNATIVES = 100;

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  private Names() {}

  /**
   * @throws IllegalArgumentException if there is no common name, or one cannot be written
   */
  static X500Name subject(IdentityAttributes attributes) {
    if (attributes.commonName().isBlank()) {
      throw new IllegalArgumentException("the common name is empty");
    }
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    add(name, BCStyle.CN, attributes.commonName());
    add(name, BCStyle.OU, attributes.organizationUnit());
    add(name, BCStyle.O, attributes.organization());
    add(name, BCStyle.E, attributes.emailAddress());
    return name.build();
  }

  private static void add(X500NameBuilder name, ASN1ObjectIdentifier kind, @Nullable String text) {
    if (text != null) {
      name.addRDN(kind, text);
    }
  }

  /**
   * Null for none.
   *
   * @throws IllegalArgumentException if there are too many, or one is neither name nor address
   */
  static @Nullable GeneralNames alternatives(IdentityAttributes attributes) {
    List<String> names = attributes.subjectAlternativeNames();
    if (names.size() > MAX_ALTERNATIVES) {
      throw new IllegalArgumentException(
          names.size()
              + " subject alternative names; at most "
              + MAX_ALTERNATIVES
              + " are allowed");
    }
    return names.isEmpty()
        ? null
        : new GeneralNames(names.stream().map(Names::alternative).toArray(GeneralName[]::new));
  }

  private static GeneralName alternative(String text) {
    boolean address = text.indexOf(':') >= 0 || IPV4.matcher(text).matches();
    return new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, text);
  }
}
