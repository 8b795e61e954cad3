// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.material;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.IdentityException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredKeyTest {
  @TempDir Path directory;

  private KeyStore open(String name, String password) throws Exception {
    return StoredKey.open(Vectors.file(directory, name).toFile(), password.toCharArray());
  }

  private static String refusal(KeyStore keys, String alias, String password) {
    return assertThrows(
            IdentityException.class,
            () -> StoredKey.read("gate", keys, alias, password.toCharArray()))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keytool.p12", "keytool-legacy.p12", "keytool.jks", "openssl3.p12"})
  void aKeyStoreIsKnownByItsContent(String name) throws Exception {
    KeyStore keys = open(name, Vectors.PASSWORD);
    assertEquals(List.of("gate"), StoredKey.aliases(keys));
    assertEquals(
        Vectors.certificate("ec.pem"),
        StoredKey.read("x", keys, "gate", Vectors.PASSWORD.toCharArray()).chain().get(0));
  }

  @Test
  void aKeyMayHaveAPasswordOfItsOwn() throws Exception {
    KeyStore keys = open("keytool-keypass.jks", Vectors.PASSWORD);
    assertEquals(2, StoredKey.read("x", keys, "gate", "anders".toCharArray()).chain().size());
    assertTrue(refusal(keys, "gate", Vectors.PASSWORD).contains("under another password"));
  }

  @Test
  void theAliasChoosesAndAWrongOneIsToldTheOthers() throws Exception {
    KeyStore keys = open("two.p12", Vectors.PASSWORD);
    char[] password = Vectors.PASSWORD.toCharArray();
    assertEquals("RSA", StoredKey.read("x", keys, "rsa", password).key().getAlgorithm());
    assertTrue(refusal(keys, "nobody", "").endsWith("no private key nobody; it has gate, rsa"));
  }

  @Test
  void aWrongPasswordAndAFileOfAnotherKindAreTold() {
    assertTrue(
        assertThrows(IdentityException.class, () -> open("keytool.jks", "falsch"))
            .getMessage()
            .endsWith("keytool.jks is wrong"));
    assertTrue(
        assertThrows(IdentityException.class, () -> open("ec.pem", ""))
            .getMessage()
            .contains("is no key store this JVM knows"));
  }
}
