// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Who a certificate speaks of. */
final class Subject {
  private Subject() {}

  /**
   * The common name, the most specific one if there are several; without one the whole subject;
   * without that the fingerprint.
   */
  static String name(X509Certificate certificate) {
    for (String commonName : values(certificate, "CN")) {
      if (!commonName.isBlank()) {
        return commonName;
      }
    }
    String subject = text(certificate);
    return subject.isBlank() ? "sha256:" + TLSIdentity.fingerprint(certificate) : subject;
  }

  /** The organizational units. */
  static Set<String> roles(X509Certificate certificate) {
    Set<String> roles = new LinkedHashSet<>(values(certificate, "OU"));
    roles.removeIf(String::isBlank);
    return roles;
  }

  private static String text(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }

  /** Most specific first. */
  private static List<String> values(X509Certificate certificate, String type) {
    List<String> values = new ArrayList<>();
    try {
      List<Rdn> rdns = new LdapName(text(certificate)).getRdns();
      for (int i = rdns.size() - 1; i >= 0; i--) {
        Attribute attribute = rdns.get(i).toAttributes().get(type);
        if (attribute == null) {
          continue;
        }
        NamingEnumeration<?> all = attribute.getAll();
        while (all.hasMore()) {
          if (all.next() instanceof String value) {
            values.add(value);
          }
        }
      }
    } catch (InvalidNameException e) {
      return List.of();
    } catch (NamingException e) {
      throw new IllegalStateException("values in memory are there", e);
    }
    return values;
  }
}
