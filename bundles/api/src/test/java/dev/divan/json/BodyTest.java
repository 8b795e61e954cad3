// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Body.BlobReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final String DIGEST = "sha1-oeiRBwumjZKwm7Ohb9qO+xcZhcQ=";
  private static final String OTHER = "sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\n} ",
        "{\"a\":[1,-2.5e-3,true,false,null,\"x\\n\\u00e4\\ud83d\\ude00\"],\"\":{}}",
        "{\"nested\":{\"_kept\":1}}",
        "{\"ä\":\"€😀\"}"
      })
  void aCleanDocumentIsKeptAsItCame(String json) {
    byte[] bytes = bytes(json);
    assertSame(bytes, Body.examine(bytes).json());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "\"a\"",
        "{",
        "{}}",
        "{}{}",
        "{\"a\"}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.1}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":1e999}",
        "{\"a\":tru}",
        "{\"a\":nulll}",
        "{\"a\":[1,]}",
        "{\"a\":[}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"x}",
        "{a:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\" 1}",
        "\ufeff{}"
      })
  void whatIsNoDocumentIsRefused(String json) {
    assertThrows(JsonException.class, () -> Body.examine(bytes(json)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"x\":{\"longer than eight\":1,\"b\":2,\"longer than eight\":3}}",
        "{\"x\":[{\"\":1,\"\":2}]}"
      })
  void aKeyTwiceInOneObjectIsRefused(String json) {
    JsonException e = assertThrows(JsonException.class, () -> Body.examine(bytes(json)));
    assertEquals("a key twice in one object", e.reason());
  }

  @Test
  void oneKeyInManyObjectsIsFine() {
    StringBuilder json = new StringBuilder("{\"all\":[");
    for (int i = 0; i < 1000; i++) {
      json.append("{\"a\":1,\"b\":{\"a\":2}},");
    }
    byte[] bytes = bytes(json.append("0],\"a\":1}").toString());
    assertSame(bytes, Body.examine(bytes).json());
  }

  @Test
  void theLastOfManyKeysIsComparedToo() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      json.append("\"key").append(i).append("\":1,");
    }
    byte[] fine = bytes(json + "\"end\":1}");
    assertSame(fine, Body.examine(fine).json());
    assertThrows(JsonException.class, () -> Body.examine(bytes(json + "\"key7777\":1}")));
  }

  @Test
  void depthAndSizeHaveLimits() {
    String deepest = "{\"a\":".repeat(99) + "[]" + "}".repeat(99);
    assertEquals(deepest.length(), Body.examine(bytes(deepest)).json().length);
    String deeper = "{\"a\":".repeat(99) + "[[]]" + "}".repeat(99);
    assertThrows(JsonException.class, () -> Body.examine(bytes(deeper)));
    assertThrows(JsonException.class, () -> Body.examine(bytes("{\"a\":1}"), 6));
    assertEquals(7, Body.examine(bytes("{\"a\":1}"), 7).json().length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"_id\":\"x\"}|{}",
        "{\"_id\":\"x\",\"a\":1}|{\"a\":1}",
        "{\"a\":1,\"_rev\":{\"_x\":[1]}}|{\"a\":1}",
        "{\"a\":1 , \"_rev\":2 }|{\"a\":1 }",
        "{\"a\":1,\"_x\":2,\"b\":{\"_x\":3}}|{\"a\":1,\"b\":{\"_x\":3}}",
        "{\"_a\":1,\"_b\":2,\"_c\":3}|{}",
        "{\"_a\":1,\"b\":2,\"_c\":3}|{\"b\":2}",
        "{\"\\u005fid\":1,\"b\":2}|{\"b\":2}"
      })
  void reservedKeysAtTheTopAreTakenOut(String json, String kept) {
    assertEquals(kept, text(Body.examine(bytes(json))));
  }

  @Test
  @DisplayName("91: withdrawn access is reported, not acted upon")
  void removalIsReported() {
    assertTrue(Body.examine(bytes("{\"_removed\":true}")).removed());
    assertFalse(Body.examine(bytes("{\"_removed\":false}")).removed());
    assertFalse(Body.examine(bytes("{\"a\":{\"_removed\":true}}")).removed());
  }

  @Test
  void blobDictionariesAreFoundAnywhere() {
    String first = blob(DIGEST, ",\"content_type\":\"text/plain\",\"length\":10");
    String second = blob(OTHER, ",\"encoding\":\"gzip\"");
    String json = "{\"a\":[" + first + "],\"b\":{\"c\":" + second + "}}";
    assertEquals(
        List.of(
            new BlobReference(DIGEST, "text/plain", "", 10),
            new BlobReference(OTHER, "", "gzip", -1)),
        Body.examine(bytes(json)).blobs());
    assertEquals(List.of(), Body.examine(bytes("{\"a\":{\"@type\":\"blob\"}}")).blobs());
    assertEquals(
        List.of(), Body.examine(bytes("{\"_a\":" + first + ",\"b\":{\"@type\":\"x\"}}")).blobs());
  }

  @Test
  void anEscapedTypeHidesNoBlob() {
    String json = "{\"a\":{\"@\\u0074ype\":\"\\u0062lob\",\"digest\":\"" + DIGEST + "\"}}";
    assertEquals(1, Body.examine(bytes(json)).blobs().size());
  }

  @Test
  void attachmentsThatShadowBlobsAreTakenOut() {
    String blob = blob(DIGEST, "");
    String json =
        "{\"p\":"
            + blob
            + ",\"_attachments\":{\"blob_/p\":{\"digest\":\""
            + DIGEST
            + "\",\"stub\":true}}}";
    assertEquals("{\"p\":" + blob + "}", text(Body.examine(bytes(json))));
  }

  @Test
  void otherAttachmentsAreKept() {
    String attachment = "{\"digest\":\"" + OTHER + "\",\"stub\":true}";
    String kept = "{\"_attachments\":{\"old.txt\":" + attachment + "}}";
    assertEquals(kept, text(Body.examine(bytes(kept))));
    String exact = "{\"_attachments\":{\"a\":{}},\"n\":1.00000000000000000001}";
    assertEquals(exact, text(Body.examine(bytes(exact.replace("{\"_a", "{\"_id\":1,\"_a")))));
    assertEquals("{}", text(Body.examine(bytes("{\"_attachments\":{}}"))));
    assertEquals("{}", text(Body.examine(bytes("{\"_attachments\":7}"))));
    String mixed =
        "{\"_id\":1,\"_attachments\":{\"blob_/p/0\":{\"stub\":true},\"blob_/q\":{\"stub\":true}},"
            + "\"p\":["
            + blob(DIGEST, "")
            + "]}";
    assertEquals(
        "{\"p\":[" + blob(DIGEST, "") + "],\"_attachments\":{\"blob_/q\":{\"stub\":true}}}",
        text(Body.examine(bytes(mixed))));
  }

  @Test
  void aShadowWithANewDigestChangesTheBlob() {
    String json =
        "{\"p\":"
            + blob(DIGEST, ",\"length\":10")
            + ",\"_attachments\":{\"blob_/p\":{\"digest\":\""
            + OTHER
            + "\",\"length\":3}}}";
    Body body = Body.examine(bytes(json));
    assertEquals("{\"p\":" + blob(OTHER, ",\"length\":3") + "}", text(body));
    assertEquals(List.of(new BlobReference(OTHER, "", "", 3)), body.blobs());
  }

  @Test
  void whatIsAcceptedCanBeReadWhateverIsChangedInIt() {
    Random random = new Random(42);
    byte[] seed = bytes("{\"a\":[1.5e3,\"ä\\n😀\",{\"b\":null}],\"_x\":true,\"c\":-0}");
    String pieces = "{}[]\",:\\u0e1-. tfn_ä";
    int accepted = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] json = seed.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        json[random.nextInt(json.length)] = bytes(pieces)[random.nextInt(pieces.length())];
      }
      boolean examined = examined(json);
      boolean parsed = parsed(json);
      assertEquals(parsed, examined, () -> new String(json, StandardCharsets.UTF_8));
      accepted += examined ? 1 : 0;
    }
    assertTrue(accepted > 1000, "too few of them are JSON to show anything");
  }

  private static boolean examined(byte[] json) {
    try {
      Json.parseObject(Body.examine(json).json());
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static boolean parsed(byte[] json) {
    try {
      Json.parseObject(json);
      return true;
    } catch (JsonException e) {
      return false;
    }
  }

  private static String blob(String digest, String more) {
    return "{\"@type\":\"blob\",\"digest\":\"" + digest + "\"" + more + "}";
  }

  private static String text(Body body) {
    return new String(body.json(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
