// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.instance.Settings;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.material.StoredKey;
import java.io.File;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;

/** What a configuration says of an identity in a key store. */
final class KeyStoreSettings {
  private KeyStoreSettings() {}

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static TLSIdentity read(TLSIdentities identities, String label, Settings settings)
      throws IdentityException {
    File file = new File(settings.required("keystore", "the path of a PKCS#12 or JKS file"));
    if (!file.isFile()) {
      throw settings.fault("keystore", file + " is no file");
    }
    char[] password = settings.secret(".password");
    char[] ofKey = settings.secret(".keyPassword");
    try {
      KeyStore keys = StoredKey.open(file, password);
      return identities.fromKeyStore(
          label, keys, alias(settings, keys), ofKey.length == 0 ? password : ofKey);
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(ofKey, '\0');
    }
  }

  private static String alias(Settings settings, KeyStore keys) throws IdentityException {
    String alias = settings.text("alias");
    if (alias != null) {
      return alias;
    }
    List<String> all = StoredKey.aliases(keys);
    if (all.size() != 1) {
      throw settings.fault(
          "alias",
          all.isEmpty()
              ? "finds nothing: the key store has no private key"
              : "is missing: one of " + String.join(", ", all));
    }
    return all.get(0);
  }
}
