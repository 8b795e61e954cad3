// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  private static final int FEW = 1000;

  @Test
  void agreesWithAnotherImplementation() {
    // python3: hashlib.pbkdf2_hmac('sha256', 'pässword'.encode(), b'0123456789abcdef', 1000)
    PasswordHash hash =
        PasswordHash.parse(
            "pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg==$rybsuBlIHCOEKCPpDvTVloYHkPEiKOiJqqYGLCHAfF0=");
    assertTrue(hash.verify("pässword".toCharArray()));
    assertFalse(hash.verify("password".toCharArray()));
  }

  @Test
  void theTextFormIsReadBack() {
    PasswordHash hash = PasswordHash.of("geheim".toCharArray(), FEW);
    PasswordHash again = PasswordHash.parse(hash.toString());
    assertTrue(again.verify("geheim".toCharArray()));
    assertFalse(again.verify("Geheim".toCharArray()));
    assertEquals(hash.toString(), again.toString());
  }

  @Test
  void eachHashHasItsOwnSalt() {
    char[] password = "geheim".toCharArray();
    assertNotEquals(
        PasswordHash.of(password, FEW).toString(), PasswordHash.of(password, FEW).toString());
  }

  @Test
  void aNewHashHasTheFullEffort() {
    assertEquals(600_000, PasswordHash.of("x".toCharArray()).iterations());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "geheim",
        "pbkdf2-sha1$1000$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==",
        "pbkdf2-sha256$many$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==",
        "pbkdf2-sha256$1$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==",
        "pbkdf2-sha256$2000000000$MDEyMzQ1Njc4OWFiY2RlZg==$MDEyMzQ1Njc4OWFiY2RlZg==",
        "pbkdf2-sha256$1000$!!$MDEyMzQ1Njc4OWFiY2RlZg==",
        "pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg==$"
      })
  void whatIsNoHashIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(text));
  }

  @Test
  void aHashVerifiesAlikeAtAnyPrice() {
    PasswordHash hash = PasswordHash.of("one".toCharArray(), 1000);
    for (int price : new int[] {0, 1000, 1001, 5000}) {
      assertTrue(hash.verify("one".toCharArray(), price));
      assertFalse(hash.verify("two".toCharArray(), price));
    }
  }

  @Test
  void theServiceMakesHashesThatAreReadAgainAndNeverTheSameTwice() {
    PasswordHashingService service = new PasswordHashingService();
    char[] password = "öne".toCharArray();
    String hash = service.hash(password);
    assertTrue(PasswordHash.parse(hash).verify("öne".toCharArray()));
    assertEquals(PasswordHash.ITERATIONS, PasswordHash.parse(hash).iterations());
    assertNotEquals(hash, service.hash(password));
    assertThrows(IllegalArgumentException.class, () -> service.hash(new char[0]));
  }
}
