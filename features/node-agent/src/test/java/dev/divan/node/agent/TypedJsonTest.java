// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypedJsonTest {

  @Test
  void aKeyMayCarryItsType() {
    Map<String, Object> parsed =
        parse(
            """
            {"port:Integer": 4984, "database": "notes", "disableTLS": true, "n:Long": "7", "x": 1}
            """);
    assertEquals(
        Map.of("port", 4984, "database", "notes", "disableTLS", true, "n", 7L, "x", 1L), parsed);
  }

  @Test
  void anArrayIsAnArrayOfStrings() {
    assertArrayEquals(
        new String[] {"a.b", "c.d"},
        (String[]) parse("{\"collections\": [\"a.b\", \"c.d\"]}").get("collections"));
  }

  @Test
  void theConfiguratorsOwnKeysAreNotProperties() {
    assertEquals(Map.of(), parse("{\":configurator:resource-version\": 1, \"gone\": null}"));
  }

  @Test
  void aFaultIsNamedByItsProperty() {
    assertEquals("port: not of type Integer: high", refusal("{\"port:Integer\": \"high\"}"));
    assertEquals("port: no such type: Colour", refusal("{\"port:Colour\": 1}"));
    assertEquals("a: an object has no place here", refusal("{\"a\": {}}"));
  }

  @Test
  void whatIsNotJsonIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> parse("{port: 4984}"));
  }

  private static Map<String, Object> parse(String json) {
    return TypedJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String json) {
    return assertThrows(IllegalArgumentException.class, () -> parse(json)).getMessage();
  }
}
