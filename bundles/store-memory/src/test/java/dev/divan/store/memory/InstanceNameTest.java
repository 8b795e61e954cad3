// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InstanceNameTest {
  private static final String FACTORY = "dev.divan.store.memory";

  @Test
  void theConfiguredNameWins() {
    assertEquals(
        "given",
        InstanceName.of(
            Map.of(
                "name", " given ", "service.pid", FACTORY + "~x", "service.factoryPid", FACTORY)));
  }

  @Test
  void elseItIsTheNamePartOfThePid() {
    assertEquals(
        "notes",
        InstanceName.of(
            Map.of("name", "", "service.pid", FACTORY + "~notes", "service.factoryPid", FACTORY)));
  }

  @Test
  void elseThatOfTheFileTheConfigurationCameFrom() {
    for (String file :
        new String[] {
          "file:/etc/" + FACTORY + "-notes.cfg",
          "file:/etc/" + FACTORY + "-notes.config",
          "file:/etc/" + FACTORY + "~notes.cfg.json",
          "C:\\etc\\" + FACTORY + "-notes.cfg"
        }) {
      assertEquals("notes", fromFile(file), file);
    }
    assertEquals("a-b.c", fromFile("file:/etc/" + FACTORY + "-a-b.c.cfg"));
  }

  @Test
  void elseTheGeneratedPartOfThePid() {
    assertEquals("1234-abcd", fromFile("file:/etc/something-else.cfg"));
  }

  @Test
  void aConfigurationThatIsNotOfAFactoryIsCalledByItsPid() {
    assertEquals("some.pid", InstanceName.of(Map.of("service.pid", "some.pid")));
    assertEquals("default", InstanceName.of(Map.of()));
  }

  private static String fromFile(String file) {
    return InstanceName.of(
        Map.of(
            "service.pid", FACTORY + ".1234-abcd",
            "service.factoryPid", FACTORY,
            "felix.fileinstall.filename", file));
  }
}
