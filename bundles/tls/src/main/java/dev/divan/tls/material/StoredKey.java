// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import dev.divan.tls.IdentityException;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** An entry of a key store. */
public final class StoredKey {
  private StoredKey() {}

  /**
   * Opens a key store of whatever type the JVM knows by its content: PKCS#12, JKS, JCEKS.
   *
   * @throws IdentityException if it is none of these, or the password is wrong
   */
  public static KeyStore open(File file, char[] password) throws IdentityException {
    try {
      return KeyStore.getInstance(file, password);
    } catch (IOException e) {
      throw new IdentityException(
          wrongPassword(e)
              ? isWrong("the password for the key store " + file, password)
              : "the key store " + file + " cannot be read: " + why(e),
          e);
    } catch (KeyStoreException e) {
      throw new IdentityException(file + " is no key store this JVM knows (PKCS#12, JKS)", e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException("the key store " + file + " cannot be read: " + why(e), e);
    }
  }

  /** The JVM takes no others to decrypt with, and does not tell. */
  static String isWrong(String password, char[] secret) {
    for (char c : secret) {
      if (c > 127) {
        return password + " is wrong, or of no use to this JVM, since it has letters beyond ASCII";
      }
    }
    return password + " is wrong";
  }

  /** Why a key store cannot be read; the JVM says nothing of one that breaks off. */
  public static String why(Exception e) {
    if (e instanceof EOFException) {
      return "it breaks off";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static boolean wrongPassword(IOException e) {
    return e.getCause() instanceof UnrecoverableKeyException;
  }

  /** The aliases of all private keys, sorted. */
  public static List<String> aliases(KeyStore keys) throws IdentityException {
    try {
      List<String> aliases = new ArrayList<>();
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      Collections.sort(aliases);
      return aliases;
    } catch (KeyStoreException e) {
      throw new IdentityException("the key store is not open: " + e.getMessage(), e);
    }
  }

  /**
   * @param label for the sentence
   * @throws IdentityException if there is no such private key, or the password does not open it
   */
  public static KeyMaterial read(String label, KeyStore keys, String alias, char[] password)
      throws IdentityException {
    try {
      Certificate[] chain = keys.getCertificateChain(alias);
      if (!keys.isKeyEntry(alias) || !(keys.getKey(alias, password) instanceof PrivateKey key)) {
        throw new IdentityException(
            "the key store for "
                + label
                + " has no private key "
                + alias
                + "; it has "
                + (aliases(keys).isEmpty() ? "none" : String.join(", ", aliases(keys))));
      }
      return KeyMaterial.of(label, key, List.of(chain == null ? new Certificate[0] : chain));
    } catch (UnrecoverableKeyException e) {
      throw new IdentityException(
          "the private key for " + label + " is under another password than its file", e);
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "the private key for " + label + " cannot be used: " + e.getMessage(), e);
    }
  }
}
