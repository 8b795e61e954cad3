// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.divan.json.Body;
import dev.divan.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LegacyAttachmentsTest {
  private static final String DIGEST = "sha1-kbcLiLcSVwhF+n5OPUwjqghORps=";
  private static final String BLOB =
      "{'@type':'blob','digest':'" + DIGEST + "','content_type':'text/plain','length':10}";

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Map<?, ?> shadows(String body, String revID) {
    Map<?, ?> document = (Map<?, ?>) Json.parse(LegacyAttachments.added(json(body), revID));
    return (Map<?, ?>) document.get("_attachments");
  }

  @DisplayName("conformance 79: a shadow for each blob, with stub and revpos (v02)")
  @Test
  void shadowsOfBlobs() {
    Map<?, ?> shadows = shadows("{'pic':" + BLOB + ",'nest':{'in':[1," + BLOB + "]}}", "3-aa");
    Map<String, Object> expected =
        Map.of(
            "digest",
            DIGEST,
            "content_type",
            "text/plain",
            "length",
            10L,
            "stub",
            true,
            "revpos",
            3L);
    assertEquals(Map.of("blob_/pic", expected, "blob_/nest/in/1", expected), shadows);
  }

  @DisplayName("conformance 79: names are JSON pointers")
  @Test
  void pointers() {
    assertEquals(
        java.util.Set.of("blob_/a~1b~0c"), shadows("{'a/b~c':" + BLOB + "}", "1-aa").keySet());
  }

  @DisplayName("conformance 79: the dictionaries stay where they are, other attachments too")
  @Test
  void keepsTheRest() {
    byte[] body = json("{'pic':" + BLOB + ",'_attachments':{'old':{'digest':'x'}}}");
    Map<?, ?> document = (Map<?, ?>) Json.parse(LegacyAttachments.added(body, "1-aa"));
    assertEquals(Json.parse(json(BLOB)), document.get("pic"));
    assertEquals(
        java.util.Set.of("old", "blob_/pic"), ((Map<?, ?>) document.get("_attachments")).keySet());
  }

  @DisplayName("conformance 79: nothing is added where there is no blob")
  @Test
  void noBlobs() {
    for (String body :
        new String[] {"{}", "{'a':'blob'}", "{'@type':'blob'}", "{'a':{'@type':'blob'}}"}) {
      byte[] bytes = json(body);
      assertSame(bytes, LegacyAttachments.added(bytes, "1-aa"), body);
    }
  }

  @DisplayName("conformance 67, 79: a receiver with blobs gets back what was there before")
  @Test
  void roundTrip() {
    byte[] body = json("{'pic':" + BLOB + ",'nest':{'in':" + BLOB + "}}");
    Body received = Body.examine(LegacyAttachments.added(body, "2-aa"));
    assertEquals(Json.parse(body), Json.parse(received.json()));
    assertEquals(2, received.blobs().size());
  }
}
