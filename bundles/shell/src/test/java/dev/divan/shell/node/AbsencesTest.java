// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import static dev.divan.shell.node.FakeNode.pairs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AbsencesTest {
  private static final String PID = "dev.divan.listener";
  private final FakeNode node = new FakeNode();

  private Map<String, String> sentences(String... there) {
    return Absences.of(node, PID, Set.of(there)).sentences();
  }

  @Test
  void whatWaitsOrWasRefusedSaysWhy() {
    node.notices.add(
        pairs(
            "name",
            "a",
            "service.factoryPid",
            PID,
            "service.pid",
            "x",
            "divan.waiting",
            "waits for b"));
    node.notices.add(
        pairs("name", "c", "service.factoryPid", PID, "divan.refused", "port is a number"));
    assertEquals(Map.of("a", "waits for b", "c", "refused: port is a number"), sentences());
  }

  @Test
  void aFactoryWhoseNameOnlyBeginsAlikeIsAnother() {
    String other = PID + ".auth.password";
    node.notices.add(
        pairs("name", "a", "service.factoryPid", other, "divan.waiting", "waits for b"));
    node.configurations.add(pairs("service.pid", other + "~b"));
    assertEquals(Map.of(), sentences());
  }

  @Test
  void aConfigurationThatNobodyTookUpIsFound() {
    node.configurations.add(pairs("service.pid", PID + "~lan", "service.factoryPid", PID));
    node.configurations.add(pairs("service.pid", PID + "~x", "name", "up"));
    assertEquals(Set.of("lan"), sentences("up").keySet());
    assertTrue(sentences("up").get("lan").contains("not at work: the bundle"));
  }
}
