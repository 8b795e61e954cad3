// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AirportsTest {
  @Test
  void aCellWithACommaStandsInQuotes() {
    assertEquals(
        List.of("RDG", "Reading Muni,Gen Carl A Spaatz", "", "PA"),
        Airports.cells("RDG,\"Reading Muni,Gen Carl A Spaatz\",,PA"));
  }

  @Test
  void theDataSetIsCompleteAndNoIdIsTwice() {
    List<MutableDocument> all = Airports.all();
    assertEquals(3_384, all.size());
    assertEquals(3_384, all.stream().map(Document::getId).distinct().count());
    var types =
        all.stream()
            .collect(Collectors.groupingBy(d -> d.getString("type"), Collectors.counting()));
    assertEquals(3_376L, types.get("airport"));
    assertEquals(8L, types.get("flag"));
  }

  @Test
  void everyAirportLiesOnEarth() {
    for (MutableDocument document : Airports.all()) {
      assertTrue(Math.abs(document.getDouble("latitude")) <= 90, document.getId());
      assertTrue(Math.abs(document.getDouble("longitude")) <= 180, document.getId());
    }
  }
}
