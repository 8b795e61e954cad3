// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** A certificate as bytes, and as what is compared when it is pinned. */
record Certificate(byte[] encoded) {

  static Certificate of(String base64) {
    return new Certificate(Base64.getDecoder().decode(base64));
  }

  /** SHA-256 in hexadecimal. */
  String fingerprint() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
