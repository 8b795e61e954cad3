// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import dev.divan.tls.IdentityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/** A PKCS#12 with one private key. */
public final class Pkcs12 {
  /** Bytes of a PKCS#12 taken; a key with a long chain has some 10 kB. */
  static final int MAX_SIZE = 1 << 20;

  /** What ASN.1 sequences begin with, and so every PKCS#12. */
  private static final int SEQUENCE = 0x30;

  private static final String WRITE_ANEW =
      "; write it anew: openssl pkcs12 -in old.p12 -nodes -out both.pem && openssl pkcs12 -export"
          + " -in both.pem -out new.p12 (and delete both.pem)";

  private Pkcs12() {}

  /**
   * @param label for the sentence
   * @throws IdentityException if it is no PKCS#12, the password is wrong, or there is not one key
   */
  public static KeyMaterial read(String label, byte[] pkcs12, char[] password)
      throws IdentityException {
    if (pkcs12.length > MAX_SIZE) {
      throw new IdentityException(
          "the PKCS#12 for " + label + " is larger than " + MAX_SIZE + " bytes");
    }
    KeyStore keys = load(label, pkcs12, password);
    List<String> aliases = StoredKey.aliases(keys);
    if (aliases.isEmpty()) {
      throw new IdentityException(
          "the PKCS#12 for "
              + label
              + " holds no private key with its certificate, or holds it unencrypted"
              + WRITE_ANEW);
    }
    if (aliases.size() > 1) {
      throw new IdentityException(
          "the PKCS#12 for "
              + label
              + " holds several private keys: "
              + String.join(", ", aliases)
              + "; configure a dev.divan.tls.keystore with the alias of one");
    }
    return StoredKey.read(label, keys, aliases.get(0), password);
  }

  private static KeyStore load(String label, byte[] pkcs12, char[] password)
      throws IdentityException {
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(pkcs12), password);
      return keys;
    } catch (IOException e) {
      if (StoredKey.wrongPassword(e)) {
        throw new IdentityException(
            StoredKey.isWrong("the password for the PKCS#12 of " + label, password), e);
      }
      boolean perhaps = pkcs12.length > 0 && pkcs12[0] == SEQUENCE;
      throw new IdentityException(
          perhaps
              ? "this JVM cannot read what was given for "
                  + label
                  + " as PKCS#12 ("
                  + StoredKey.why(e)
                  + "); if it is some"
                  + WRITE_ANEW.substring(1)
              : "what was given for "
                  + label
                  + " is not PKCS#12: "
                  + (pkcs12.length == 0 ? "it is empty" : "it does not begin as one"),
          e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "this JVM cannot read the PKCS#12 for "
              + label
              + " ("
              + StoredKey.why(e)
              + ")"
              + WRITE_ANEW,
          e);
    }
  }
}
