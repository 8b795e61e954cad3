// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTest {

  private static Properties parsed(String block) {
    byte[] bytes = ("--" + block).getBytes(UTF_8);
    return new Properties(bytes, 2, bytes.length);
  }

  @DisplayName("conformance 40: true, 1 and YES mean yes")
  @ParameterizedTest
  @ValueSource(strings = {"true", "1", "YES", "True", "yes", "7", "-1"})
  void yes(String value) {
    assertTrue(Properties.of("flag", value).flag("flag"));
  }

  @DisplayName("conformance 40: false, 0, NO and anything else mean no")
  @ParameterizedTest
  @ValueSource(strings = {"false", "0", "NO", "", "00", "maybe", "1.5"})
  void no(String value) {
    assertFalse(Properties.of("flag", value).flag("flag"));
    assertFalse(Properties.EMPTY.flag("flag"));
  }

  @DisplayName("conformance 40: booleans are written as true and false")
  @Test
  void booleansAreWritten() {
    assertEquals(
        Properties.of("a", "true", "b", "false", "c", "12"),
        Properties.builder().put("a", true).put("b", false).put("c", 12).build());
  }

  @DisplayName("conformance 41: an empty value can be told from an absent one, or not")
  @Test
  void emptyValues() {
    Properties p = parsed("rev\0\0other\0x\0");
    assertEquals("", p.get("rev"));
    assertNull(p.nonEmpty("rev"));
    assertNull(p.nonEmpty("absent"));
    assertEquals("x", p.nonEmpty("other"));
  }

  @Test
  void keysAreFoundWholeAndFirst() {
    Properties p = parsed("ab\0" + "1\0a\0" + "2\0a\0" + "3\0é\0" + "4\0éé\0" + "5\0");
    assertEquals("1", p.get("ab"));
    assertEquals("2", p.get("a"));
    assertEquals("4", p.get("é"));
    assertEquals("5", p.get("éé"));
    assertNull(p.get("A"));
    assertNull(p.get("abc"));
    assertNull(p.get("3"));
    assertNull(p.get(""));
  }

  @Test
  void aLastKeyWithoutValueIsEmpty() {
    Properties p = parsed("a\0" + "1\0b\0");
    assertEquals("", p.get("b"));
    List<String> all = new ArrayList<>();
    p.forEach((k, v) -> all.add(k + "=" + v));
    assertEquals(List.of("a=1", "b="), all);
  }

  @Test
  void numbers() {
    Properties p = Properties.of("n", "-9223372036854775808", "x", "12a");
    assertEquals(Long.MIN_VALUE, p.number("n", 3));
    assertEquals(3, p.number("x", 3));
    assertEquals(3, p.number("absent", 3));
  }

  @Test
  void whatCannotTravelIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Properties.of("a"));
    assertThrows(IllegalArgumentException.class, () -> Properties.of("a\0", "b"));
    assertThrows(IllegalArgumentException.class, () -> Properties.of("a", "\0"));
    String most = "x".repeat(Properties.MAX_BYTES - 3);
    assertEquals(Properties.MAX_BYTES, Properties.of("a", most).length());
    assertThrows(IllegalArgumentException.class, () -> Properties.of("a", most + "x"));
  }

  @Test
  void anythingPutInComesOut() {
    Random random = new Random(10);
    for (int round = 0; round < 500; round++) {
      Properties.Builder builder = Properties.builder();
      Map<String, String> map = new HashMap<>();
      for (int i = random.nextInt(12); i > 0; i--) {
        String key = text(random);
        if (map.putIfAbsent(key, text(random)) == null) {
          builder.put(key, map.get(key));
        }
      }
      Properties p = builder.build();
      map.forEach((key, value) -> assertEquals(value, p.get(key)));
      byte[] copy = new byte[p.length()];
      p.copy(0, copy, 0, copy.length);
      assertEquals(p, new Properties(copy, 0, copy.length));
      assertEquals(p.hashCode(), new Properties(copy, 0, copy.length).hashCode());
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint(
          random.nextInt(4) > 0 ? 'a' + random.nextInt(4) : 1 + random.nextInt(0xd000));
    }
    return text.toString();
  }

  @Test
  void errorsAreReadAsTheyAreWritten() {
    BlipError error = new BlipError(BlipError.HTTP, 409, "conflict é");
    byte[] body = error.body();
    assertEquals(error, BlipError.received(error.properties(), body, 0, body.length));
    assertTrue(error.is("HTTP", 409));
    assertArrayEquals("conflict é".getBytes(UTF_8), body);
  }

  @Test
  void errorsWithoutDomainAreOfBlip() {
    assertEquals(
        new BlipError("BLIP", 0, ""), BlipError.received(Properties.EMPTY, new byte[0], 0, 0));
    Properties odd = Properties.of("Error-Domain", "", "Error-Code", "99999999999");
    assertEquals(new BlipError("BLIP", 0, ""), BlipError.received(odd, new byte[0], 0, 0));
  }

  @Test
  void noPeerCanPretendThatTheConnectionEnded() {
    BlipError closed = BlipError.closed(new Closure(1000, "bye", true, null));
    assertTrue(closed.isClosed());
    assertFalse(BlipError.received(closed.properties(), new byte[0], 0, 0).isClosed());
  }
}
