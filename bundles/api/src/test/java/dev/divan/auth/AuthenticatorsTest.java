// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.tls.TLSIdentity;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorsTest {
  private static final String BASIC =
      "Basic " + Base64.getEncoder().encodeToString("usér:p:wü".getBytes(StandardCharsets.UTF_8));

  private final BasicAuthenticator basic = new BasicAuthenticator("usér", "p:wü".toCharArray());

  @Test
  void basicIsSentWithTheFirstRequestAndNotAgainToWhoRefusedIt() {
    assertEquals(Map.of("Authorization", BASIC), basic.headers());
    assertNull(basic.answer(List.of("Basic realm=\"x\"")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"Divan\", charset=\"UTF-8\"",
        "basic",
        "BASIC realm=x",
        "Bearer realm=\"x\", Basic realm=\"y\""
      })
  void basicOnChallengeIsSilentUntilItIsAsked(String challenge) {
    BasicAuthenticator silent = basic.onChallenge();
    assertEquals(Map.of(), silent.headers());
    assertEquals(
        Map.of("Authorization", BASIC), silent.answer(List.of("Digest realm=\"x\"", challenge)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Digest realm=\"basic\"", "BasicPlus realm=x"})
  void basicDoesNotAnswerAnotherChallenge(String challenge) {
    assertNull(basic.onChallenge().answer(List.of(challenge)));
    assertNull(basic.onChallenge().answer(List.of()));
  }

  @Test
  void basicKeepsItsOwnCopyOfThePassword() {
    char[] password = "p:wü".toCharArray();
    BasicAuthenticator authenticator = new BasicAuthenticator("usér", password);
    java.util.Arrays.fill(password, '\0');
    assertEquals(BASIC, authenticator.headers().get("Authorization"));
  }

  @Test
  void basicRefusesANameWithAColon() {
    assertThrows(
        IllegalArgumentException.class, () -> new BasicAuthenticator("a:b", new char[] {'x'}));
  }

  @Test
  void aSessionIsACookie() {
    assertEquals(
        Map.of("Cookie", "SyncGatewaySession=abc-123"),
        new SessionAuthenticator("abc-123").headers());
    assertEquals(Map.of("Cookie", "s=1"), new SessionAuthenticator("1", "s").headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret; Path=/", "secret\r\nX: y", "sec ret", "secret\"", "sec,ret"})
  void aSessionThatWouldBreakOutOfItsCookieIsRefusedAndNotRepeated(String session) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new SessionAuthenticator(session))
            .getMessage();
    assertFalse(message.contains("sec"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a=b", "a b", "a;b"})
  void aCookieHasAProperName(String name) {
    assertThrows(IllegalArgumentException.class, () -> new SessionAuthenticator("x", name));
  }

  @Test
  void aTokenIsABearersHeader() {
    assertEquals(
        Map.of("Authorization", "Bearer eyJ.x_y-z=="),
        new BearerAuthenticator("eyJ.x_y-z==").headers());
  }

  @Test
  void aTokenIsAskedForAtEachConnection() {
    ArrayDeque<String> tokens = new ArrayDeque<>(List.of("one", "two"));
    BearerAuthenticator authenticator = new BearerAuthenticator(tokens::remove);
    assertEquals(Map.of("Authorization", "Bearer one"), authenticator.headers());
    assertEquals(Map.of("Authorization", "Bearer two"), authenticator.headers());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sec ret", "secret\r\nX: y", "=secret"})
  void whatIsNoTokenIsRefusedAndNotRepeated(String token) {
    String atOnce =
        assertThrows(IllegalArgumentException.class, () -> new BearerAuthenticator(token))
            .getMessage();
    String later =
        assertThrows(
                IllegalStateException.class, () -> new BearerAuthenticator(() -> token).headers())
            .getMessage();
    assertFalse(atOnce.contains("sec"), atOnce);
    assertFalse(later.contains("sec"), later);
  }

  @Test
  void aClientCertificateIsPresentedAndNoHeaderSent() {
    TLSIdentity identity = identity("machine");
    ClientCertificateAuthenticator authenticator = new ClientCertificateAuthenticator(identity);
    assertSame(identity, authenticator.identity());
    assertEquals(Map.of(), authenticator.headers());
  }

  @Test
  void noneOfThemPrintsItsSecret() {
    List<Authenticator> all =
        List.of(
            new BasicAuthenticator("ann", "secret".toCharArray()),
            new BasicAuthenticator("ann", "secret".toCharArray()).onChallenge(),
            new SessionAuthenticator("secret"),
            new BearerAuthenticator("secret"),
            new ClientCertificateAuthenticator(identity("machine")));
    for (Authenticator each : all) assertFalse(each.toString().contains("secret"), each::toString);
    assertTrue(all.get(0).toString().contains("ann"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1"})
  void credentialsAreReadInUtf8AndLatin1(String charset) {
    String header =
        "basic "
            + Base64.getEncoder().encodeToString("usér:p:wü".getBytes(Charset.forName(charset)));
    Credentials credentials = Credentials.of(header, List.of(), null);
    assertEquals("usér", credentials.username());
    assertArrayEquals("p:wü".toCharArray(), credentials.password());
    assertFalse(credentials.toString().contains("p:wü"), credentials::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic", "Basic !!!", "Basic YW5u", "Bearer YW5uOng="})
  void whatIsNoUserAndPasswordIsNone(String header) {
    Credentials credentials = Credentials.of(header, List.of(), null);
    assertNull(credentials.username());
    assertNull(credentials.password());
  }

  private static TLSIdentity identity(String label) {
    return (TLSIdentity)
        Proxy.newProxyInstance(
            TLSIdentity.class.getClassLoader(),
            new Class<?>[] {TLSIdentity.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getLabel" -> label;
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
