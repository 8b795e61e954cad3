// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DatabaseSettingsTest {
  private static DatabaseSettings settings(Map<String, ?> properties) {
    return DatabaseSettings.of(new Settings(DatabaseInstance.PID, properties));
  }

  @Test
  void theNameIsThatOfTheInstanceUnlessGiven() {
    Map<String, String> pid =
        Map.of(
            "service.factoryPid", "dev.divan.database", "service.pid", "dev.divan.database~notes");
    assertEquals("notes", settings(pid).name());
    assertEquals(
        "notes",
        settings(
                Map.of(
                    "service.factoryPid",
                    "dev.divan.database",
                    "service.pid",
                    "dev.divan.database.1b4e28ba",
                    "felix.fileinstall.filename",
                    "file:/etc/dev.divan.database-notes.cfg"))
            .name());
    assertEquals("mine", settings(Map.of("name", " mine ")).name());
  }

  @Test
  void collectionsMayBeAListOrATextWithCommas() {
    List<String> expected = List.of("_default._default", "shop.items");
    for (Object form :
        List.of(
            "_default._default, shop.items",
            new String[] {"_default._default", " shop.items"},
            expected)) {
      assertEquals(expected, settings(Map.of("collections", form)).collections());
    }
    assertEquals(List.of("_default._default"), settings(Map.of("name", "n")).collections());
  }

  @Test
  void aBareCollectionIsInTheDefaultScope() {
    assertEquals(
        List.of("_default.items", "_default._default"),
        settings(Map.of("collections", "items, _default, _default.items")).collections());
  }

  @Test
  void aStoreIsChosenByNameOrFilter() {
    assertNull(settings(Map.of()).storeFilter());
    assertEquals("(name=disk)", settings(Map.of("store", "disk")).storeFilter());
    assertEquals("(name=a\\(b\\*)", settings(Map.of("store", "a(b*")).storeFilter());
    assertEquals("(x=y)", settings(Map.of("store.target", "(x=y)")).storeFilter());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertNamed("store", Map.of("store", "a", "store.target", "(name=a)"));
    assertNamed("store.target", Map.of("store.target", "(name=a"));
    assertNamed("collections", Map.of("collections", "shop.items.old"));
    assertNamed("collections", Map.of("collections", "_shop.items"));
    assertNamed("name", Map.of("name", "a b"));
    assertNamed("deltaSync", Map.of("deltaSync", "perhaps"));
  }

  private static void assertNamed(String property, Map<String, ?> properties) {
    RuntimeException e = assertThrows(IllegalArgumentException.class, () -> settings(properties));
    assertTrue(
        e.getMessage().matches("dev\\.divan\\.database [^:]*: " + property + ":? .*"),
        e.getMessage());
  }
}
