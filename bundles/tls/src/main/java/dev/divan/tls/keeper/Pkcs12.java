// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads an identity somebody hands in, and says in words why it cannot. */
final class Pkcs12 {
  /** Bytes of a PKCS#12 taken; a key with a long chain has some 10 kB. */
  static final int MAX_SIZE = 1 << 20;

  private Pkcs12() {}

  static KeptIdentity read(String label, byte[] pkcs12, char[] password) throws IdentityException {
    if (pkcs12.length > MAX_SIZE) {
      throw new IdentityException(
          "the PKCS#12 for " + label + " is larger than " + MAX_SIZE + " bytes");
    }
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(pkcs12), password);
      List<String> aliases = new ArrayList<>();
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      if (aliases.size() != 1) {
        throw new IdentityException(
            aliases.isEmpty()
                ? "the PKCS#12 for " + label + " holds no private key with its certificate"
                : "the PKCS#12 for " + label + " holds several private keys: " + aliases);
      }
      return identity(label, keys, aliases.get(0), password);
    } catch (IOException e) {
      throw new IdentityException(
          e.getCause() instanceof UnrecoverableKeyException
              ? "the password for the PKCS#12 of " + label + " is wrong"
              : "what was given for " + label + " is not PKCS#12: " + e.getMessage(),
          e);
    } catch (UnrecoverableKeyException e) {
      throw new IdentityException(
          "the private key for " + label + " is under another password than its file", e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "the PKCS#12 for " + label + " cannot be used: " + e.getMessage(), e);
    }
  }

  static KeptIdentity identity(String label, KeyStore keys, String alias, char[] password)
      throws GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    Certificate[] certificates = keys.getCertificateChain(alias);
    for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
      chain.add((X509Certificate) certificate);
    }
    if (!(keys.getKey(alias, password) instanceof PrivateKey key) || chain.isEmpty()) {
      throw new GeneralSecurityException("there is no private key with a certificate");
    }
    return new KeptIdentity(label, key, chain);
  }
}
