// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @DisplayName("85: numbers survive exactly, and 2.0 stays apart from 2")
  @ValueSource(
      strings = {
        "0",
        "2",
        "2.0",
        "-1",
        "9007199254740993",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551615",
        "123456789012345678901234567890",
        "1.5",
        "-0.0",
        "1.0E10"
      })
  void numbersSurvive(String number) {
    assertEquals("[" + number + "]", Json.text(Json.parse("[" + number + "]")));
    assertEquals("[" + number + "]", Json.text(Json.parse(bytes("[" + number + "]"))));
  }

  @Test
  void numbersHaveTheNarrowestType() {
    assertEquals(
        List.of(1L, 2.0, BigInteger.ONE.shiftLeft(63), 100.0),
        Json.parse("[1,2.0,9223372036854775808,1e2]"));
  }

  @Test
  void treesKeepTheOrderOfKeys() {
    Map<?, ?> map = assertInstanceOf(LinkedHashMap.class, Json.parse("{\"b\":null,\"a\":[true]}"));
    assertEquals("[b, a]", map.keySet().toString());
    assertEquals("{\"b\":null,\"a\":[true]}", Json.text(map));
  }

  @Test
  void aPartOfAnArrayIsParsed() {
    byte[] bytes = bytes("xx{\"a\":1}yy");
    assertEquals(Map.of("a", 1L), Json.parse(bytes, 2, 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1",
        "[1,]",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "[01]",
        "[+1]",
        "[1.]",
        "[.5]",
        "[NaN]",
        "[Infinity]",
        "[1e999]",
        "nul",
        "[\"\u0001\"]",
        "[\"\\x\"]",
        "1 2",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[/*c*/1]",
        "\ufeff{}",
        "[\"\\ud800\"]",
        "{\"\\udc00\":1}"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThrows(JsonException.class, () -> Json.parse(text));
    assertThrows(JsonException.class, () -> Json.parse(bytes(text)));
  }

  @Test
  void otherEncodingsAreRefused() {
    assertThrows(JsonException.class, () -> Json.parse("[1]".getBytes(StandardCharsets.UTF_16BE)));
    assertThrows(JsonException.class, () -> Json.parse("[1]".getBytes(StandardCharsets.UTF_16LE)));
    assertThrows(JsonException.class, () -> Json.parse("[1]".getBytes(StandardCharsets.UTF_16)));
  }

  @Test
  void charactersBeyondTheFirstPlaneArePrintedRaw() {
    String json = "{\"\ud83d\ude00\":\"\ud83d\ude00\"}";
    assertArrayEquals(bytes(json), Json.print(Json.parse(json)));
  }

  @Test
  void theReasonTellsNothingOfTheContent() {
    JsonException e = assertThrows(JsonException.class, () -> Json.parse("{\"secret\":tru}"));
    assertEquals("malformed JSON", e.reason());
  }

  @Test
  void aHundredLevelsAreReadAndOneMoreIsNot() {
    Object deep = Json.parse("[".repeat(100) + "]".repeat(100));
    assertEquals("[".repeat(100) + "]".repeat(100), Json.text(deep));
    assertThrows(JsonException.class, () -> Json.parse("[".repeat(101) + "]".repeat(101)));
    assertThrows(JsonException.class, () -> Json.print(List.of(deep)));
  }

  @Test
  @DisplayName("97: invalid UTF-8 is refused")
  void invalidUtf8IsRefused() {
    byte[][] wrong = {
      {(byte) 0x80},
      {(byte) 0xc0, (byte) 0x80},
      {(byte) 0xc3},
      {(byte) 0xe0, (byte) 0x80, (byte) 0x80},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xe2, (byte) 0x82},
      {(byte) 0xf0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xff}
    };
    for (byte[] part : wrong) {
      byte[] json = new byte[part.length + 4];
      json[0] = '[';
      json[1] = '"';
      System.arraycopy(part, 0, json, 2, part.length);
      json[part.length + 2] = '"';
      json[part.length + 3] = ']';
      assertThrows(JsonException.class, () -> Json.parse(json), Arrays.toString(part));
      byte[] body = bytes("{\"a\":" + new String(json, StandardCharsets.ISO_8859_1) + "}");
      byte[] raw = new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
      assertThrows(JsonException.class, () -> Body.examine(raw), Arrays.toString(part));
    }
  }

  @Test
  void whatJsonCannotExpressIsNotPrinted() {
    assertThrows(JsonException.class, () -> Json.print(Double.NaN));
    assertThrows(JsonException.class, () -> Json.print(Float.POSITIVE_INFINITY));
    assertThrows(JsonException.class, () -> Json.print(new Object()));
    assertThrows(JsonException.class, () -> Json.print(Map.of(1, 2)));
    assertThrows(JsonException.class, () -> Json.print("half \ud800 a pair"));
  }

  @Test
  void theCanonicalFormSortsKeysByTheirUtf8() {
    String json = "{ \"b\" : 2.0, \"a\":{\"\uffff\":1, \"\ud83d\ude00\":2,\"\":3} , \"B\":[ ]}";
    assertArrayEquals(
        bytes("{\"B\":[],\"a\":{\"\":3,\"\uffff\":1,\"\ud83d\ude00\":2},\"b\":2.0}"),
        Json.canonical(bytes(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
