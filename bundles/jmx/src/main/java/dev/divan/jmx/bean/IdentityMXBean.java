// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import java.util.Date;

/** {@code dev.divan:type=Identity,name=…}. Certificates only; a key is never shown. */
public interface IdentityMXBean {
  String getLabel();

  /** SHA-256 of the certificate in lower-case hexadecimal, to pin it. */
  String getFingerprint();

  String getSubject();

  String getIssuer();

  Date getNotBefore();

  Date getExpiration();

  /** Whole days until it expires; negative after that. */
  long getDaysLeft();

  /** How many certificates there are, its own included. */
  int getChainLength();
}
