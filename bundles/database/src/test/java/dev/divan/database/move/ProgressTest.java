// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void isWorthALineWithEachTenthOfTheWay() {
    List<Integer> lines = new ArrayList<>();
    Progress told = new Progress(0, 1000, 0, 0);
    for (int documents = 0; documents <= 1000; documents += 7) {
      Progress now = new Progress(documents, 1000, 0, 0);
      if (now.isTenthBeyond(told)) {
        lines.add(now.percent());
        told = now;
      }
    }
    assertEquals(List.of(10, 20, 30, 40, 50, 60, 70, 80, 90), lines);
  }
}
