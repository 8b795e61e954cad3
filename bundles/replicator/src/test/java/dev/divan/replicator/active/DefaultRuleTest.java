// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DefaultRuleTest {

  @DisplayName("conformance 82: a deletion wins, on either side, whatever its generation")
  @Test
  void deletionWins() {
    assertTrue(DefaultRule.remoteWins("9-ff", false, "2-aa", true));
    assertFalse(DefaultRule.remoteWins("2-aa", true, "9-ff", false));
  }

  @DisplayName("conformance 82: then the higher generation, as a number")
  @Test
  void generationWins() {
    assertTrue(DefaultRule.remoteWins("9-ff", false, "10-aa", false));
    assertFalse(DefaultRule.remoteWins("10-aa", false, "9-ff", false));
    assertTrue(DefaultRule.remoteWins("2-ff", true, "3-aa", true));
  }

  @DisplayName("conformance 82: then the greater digest")
  @Test
  void digestWins() {
    assertTrue(DefaultRule.remoteWins("2-aa", false, "2-ab", false));
    assertFalse(DefaultRule.remoteWins("2-ab", false, "2-aa", false));
  }

  @Test
  void bothSidesDecideAlike() {
    String[] revisions = {"1-aa", "1-ff", "2-00", "10-00", "10-01"};
    for (String one : revisions)
      for (String other : revisions)
        for (int deleted = 0; deleted < 4; deleted++) {
          boolean a = (deleted & 1) != 0;
          boolean b = (deleted & 2) != 0;
          if (one.equals(other)) continue;
          assertEquals(
              DefaultRule.remoteWins(one, a, other, b), !DefaultRule.remoteWins(other, b, one, a));
        }
  }
}
