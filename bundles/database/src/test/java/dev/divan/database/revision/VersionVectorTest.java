// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arithmetic as a table, recorded from another implementation. */
class VersionVectorTest {
  private static final UUID ME = new UUID(0x1111111111111111L, 0x1111111111111111L);
  private static final long NOW = 0x1790000000000000L;
  private static Map<String, Object> table;

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in =
        VersionVectorTest.class.getResourceAsStream("/vectors/25-v4-version-arithmetic.json")) {
      table = Json.parseObject(in.readAllBytes());
    }
  }

  @Test
  void textsAreReadAsTheTableSays() {
    List<Map<String, Object>> rows = rows(table.get("parse"));
    assertTrue(rows.size() > 30);
    for (Map<String, Object> row : rows) {
      String text = (String) row.get("text");
      VersionVector vector = VersionVector.parse(text);
      if (row.containsKey("error")) {
        assertNull(vector, text);
        continue;
      }
      assertEquals(row.get("current"), vector.current().toString(), text);
      assertEquals(row.get("merges"), texts(vector.merged()), text);
      assertEquals(row.get("previous"), texts(vector.previous()), text);
      assertEquals(row.get("canonical"), vector.toString(), text);
    }
  }

  @Test
  void vectorsCompareAsTheTableSays() {
    List<Map<String, Object>> rows = cases("compare");
    assertTrue(rows.size() > 5);
    for (Map<String, Object> row : rows) {
      VersionVector a = VersionVector.parse((String) row.get("a"));
      VersionVector b = VersionVector.parse((String) row.get("b"));
      String order = a.compare(b).toString().toLowerCase(Locale.ROOT);
      assertEquals(row.get("aIs"), order, row.toString());
    }
  }

  @Test
  void anEditTurnsTheRestIntoPreviousVersions() {
    List<Map<String, Object>> rows = cases("localEdit");
    assertTrue(rows.size() > 5);
    for (Map<String, Object> row : rows) {
      VersionVector before = VersionVector.parse(mine(row.get("before")));
      VersionVector after = before.edit(new Version(NOW, ME));
      assertEquals(mine(row.get("after")), after.toString(), row.toString());
    }
  }

  @Test
  void revTreeIdsAreVersionsOfOneSource() {
    for (Map<String, Object> row : rows(table.get("legacyAsVersion"))) {
      RevID revID = RevID.parse((String) row.get("revID"));
      assertEquals(row.get("version"), Version.legacy(revID).toString());
    }
  }

  @Test
  void aVectorHasALimit() {
    StringBuilder text = new StringBuilder("1@" + Version.text(ME) + ";");
    for (int i = 1; i < VersionVector.MAX_VERSIONS; i++) {
      text.append("1@").append(Version.text(new UUID(1, i))).append(",");
    }
    assertEquals(
        VersionVector.MAX_VERSIONS, VersionVector.parse(text.toString()).versions().size());
    text.append("1@").append(Version.text(new UUID(2, 1)));
    assertNull(VersionVector.parse(text.toString()));
  }

  private static String mine(Object text) {
    return ((String) text)
        .replace("NOW", Long.toHexString(NOW))
        .replace("@ME", "@" + Version.text(ME));
  }

  private static List<String> texts(List<Version> versions) {
    return versions.stream().map(Version::toString).toList();
  }

  private static List<Map<String, Object>> cases(String name) {
    return rows(((Map<?, ?>) table.get(name)).get("cases"));
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rows(Object list) {
    return (List<Map<String, Object>>) list;
  }
}
