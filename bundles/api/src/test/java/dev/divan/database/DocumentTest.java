// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentTest {

  @Test
  void gettersConvertAsFarAsThatMakesSense() {
    MutableDocument document =
        new MutableDocument("d", "{\"n\":42,\"f\":2.5,\"t\":true,\"s\":\"x\",\"z\":null}");
    assertEquals(42, document.getInt("n"));
    assertEquals(2, document.getLong("f"));
    assertEquals(2.5, document.getDouble("f"));
    assertEquals(1, document.getInt("t"));
    assertTrue(document.getBoolean("n"));
    assertTrue(document.getBoolean("s"));
    assertFalse(document.getBoolean("z"));
    assertNull(document.getString("n"));
    assertEquals(0, document.getInt("s"));
    assertNull(document.getNumber("absent"));
    assertTrue(document.contains("z"));
    assertFalse(document.contains("absent"));
    assertEquals(List.of("n", "f", "t", "s", "z"), document.getKeys());
    assertEquals(5, document.count());
  }

  @Test
  void integersAndDoublesStayApart() {
    MutableDocument document = new MutableDocument("d");
    document.setInt("i", 2).setDouble("d", 2).setFloat("f", 1.1f).setLong("l", Long.MIN_VALUE);
    assertEquals("{\"i\":2,\"d\":2.0,\"f\":1.1,\"l\":-9223372036854775808}", document.toJSON());
  }

  @Test
  void datesAreIsoTextsInUtc() {
    Instant instant = Instant.parse("2024-01-31T12:00:00Z");
    MutableDocument document = new MutableDocument("d").setDate("at", Date.from(instant));
    assertEquals("2024-01-31T12:00:00.000Z", document.getString("at"));
    assertEquals(Date.from(instant), document.getDate("at"));
    for (String text :
        List.of("2024-01-31T13:00:00+01:00", "2024-01-31T12:00:00", "2024-01-31T12:00:00.000Z")) {
      assertEquals(Date.from(instant), document.setString("at", text).getDate("at"), text);
    }
    assertEquals(
        Date.from(Instant.parse("2024-01-31T00:00:00Z")),
        document.setString("at", "2024-01-31").getDate("at"));
    assertNull(document.setString("at", "yesterday").getDate("at"));
  }

  @Test
  void changesInsideADocumentBelongToIt() {
    MutableDocument document = new MutableDocument("d", "{\"o\":{\"l\":[1,{\"x\":1}]}}");
    document.getDictionary("o").getArray("l").getDictionary(1).setInt("x", 2);
    document.getDictionary("o").getArray("l").addString("end");
    assertEquals("{\"o\":{\"l\":[1,{\"x\":2},\"end\"]}}", document.toJSON());
  }

  @Test
  void aMutableCopySharesNothing() {
    MutableDocument original = new MutableDocument("d", "{\"o\":{\"x\":1}}");
    original.getDictionary("o").setInt("x", 2);
    MutableDocument copy = original.toMutable();
    copy.getDictionary("o").setInt("x", 3);
    assertEquals(2, original.getDictionary("o").getInt("x"));
    assertEquals(original, new MutableDocument("d", "{\"o\":{\"x\":2}}"));
    assertNotEquals(original, copy);
  }

  @Test
  void mapsAndListsAreTakenAsCopies() {
    List<Object> list = new ArrayList<>(List.of(1));
    Map<String, Object> map = new LinkedHashMap<>(Map.of("l", list));
    MutableDocument document = new MutableDocument("d", map);
    list.add(2);
    assertEquals("{\"l\":[1]}", document.toJSON());
    assertEquals(Map.of("l", List.of(1L)), document.toMap());
  }

  @Test
  void whatJsonCannotExpressIsRefused() {
    MutableDocument document = new MutableDocument("d");
    assertThrows(IllegalArgumentException.class, () -> document.setValue("x", new Object()));
    assertThrows(IllegalArgumentException.class, () -> document.setValue("x", Map.of(1, 2)));
    assertThrows(JsonException.class, () -> document.setJSON("[]"));
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThrows(IllegalArgumentException.class, () -> document.setValue("x", endless));
    MutableDictionary cycle = new MutableDictionary();
    cycle.setDictionary("again", cycle);
    document.setDictionary("x", cycle);
    assertThrows(InvalidDocumentException.class, document::toJSON);
  }

  @Test
  void aDocumentWithoutIdGetsOne() {
    assertNotEquals(new MutableDocument().getId(), new MutableDocument().getId());
    assertEquals(36, new MutableDocument(Map.of()).getId().length());
  }

  @Test
  void aBlobIsItsDictionaryInJsonAndABlobInMaps() {
    String dictionary =
        "{\"@type\":\"blob\",\"digest\":\"sha1-x\",\"length\":2,\"content_type\":\"text/plain\",\"x\":[1]}";
    MutableDocument document = new MutableDocument("d", "{\"b\":" + dictionary + "}");
    Blob blob = document.getBlob("b");
    assertEquals("text/plain", blob.getContentType());
    assertEquals(2, blob.length());
    assertInstanceOf(Blob.class, document.toMap().get("b"));
    assertEquals("{\"b\":" + dictionary + "}", document.toJSON());
    assertNull(document.getDictionary("b"));
  }

  @Test
  void aStoredDocumentReadsBlobsFromItsSource() {
    byte[] json = "{\"l\":[{\"@type\":\"blob\",\"digest\":\"sha1-x\"}]}".getBytes();
    Collection none = null;
    Document document =
        DocumentProvider.document(
            none,
            "d",
            "1-aa",
            1,
            json,
            digest -> new java.io.ByteArrayInputStream(digest.getBytes()));
    assertEquals(
        "sha1-x",
        new String(document.getArray("l").getBlob(0).getContent(), StandardCharsets.UTF_8));
    assertEquals("sha1-x", new String(document.toMutable().getArray("l").getBlob(0).getContent()));
    Document gone = DocumentProvider.document(none, "d", "1-aa", 1, json, digest -> null);
    assertThrows(BlobMissingException.class, () -> gone.getArray("l").getBlob(0).getContent());
  }

  @Test
  void onlyNewBlobsAreToBeStored() {
    MutableDocument document = new MutableDocument("d");
    Blob fresh = new Blob("text/plain", new byte[] {1});
    document.setValue("deep", List.of(Map.of("b", fresh)));
    document.setValue("old", Map.of("@type", "blob", "digest", "sha1-x"));
    assertEquals(List.of(fresh), DocumentProvider.newBlobs(document));
    DocumentProvider.stored(fresh, "sha1-y", 1, digest -> null);
    assertEquals(List.of(), DocumentProvider.newBlobs(document));
  }
}
