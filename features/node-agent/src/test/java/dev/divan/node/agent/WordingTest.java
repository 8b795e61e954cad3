// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

class WordingTest {
  private static final ConfigurationFile FILE = ConfigurationFile.of("dev.divan.listener-lan.cfg");

  @Test
  void theInnermostCauseIsTold() {
    assertEquals(
        "port: no such port: 99999",
        Wording.failure(
            FILE,
            """
            java.lang.RuntimeException: wrapped
            \tat a.B.c(B.java:1)
            Caused by: java.lang.IllegalArgumentException: dev.divan.listener lan: port: no such port: 99999
            \tat d.E.f(E.java:2)
            """));
    assertEquals(
        "java.lang.Error", Wording.failure(FILE, "java.lang.Error\n\tat a.B.c(B.java:1)\n"));
    assertEquals("did not start; the log says why", Wording.failure(FILE, null));
  }

  @Test
  void aRefusalIsToldWithoutWhatTheFileSays() {
    String sentence = "dev.divan.listener front: port is a number; it runs on as configured before";
    assertEquals(
        "port is a number; it runs on as configured before",
        Wording.refused(FILE, "front", sentence));
    assertEquals(sentence, Wording.refused(FILE, "lan", sentence));
  }

  @Test
  void whatIsMissingIsCalledByTypeAndFilter() {
    ReferenceDTO reference = new ReferenceDTO();
    reference.name = "database";
    reference.interfaceName = "dev.divan.database.Database";
    UnsatisfiedReferenceDTO missing = new UnsatisfiedReferenceDTO();
    missing.name = "database";
    missing.target = "(name=notes)";
    assertEquals(
        "database: waits for a Database with (name=notes), there is none",
        Wording.waiting(new ReferenceDTO[] {reference}, new UnsatisfiedReferenceDTO[] {missing}));
  }

  @Test
  void aSlipOfThePenIsRecognized() {
    assertEquals("port", Wording.nearest("prot", Set.of("port", "database")));
    assertEquals(
        "dev.divan.listener", Wording.nearest("dev.divan.listner", List.of("dev.divan.listener")));
    assertNull(Wording.nearest("colour", Set.of("port", "database")));
  }
}
