// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesTest {
  @TempDir Path home;

  @Test
  void anEmptyFolderIsGivenSamplesThatAreNotInForce() throws Exception {
    Path etc = home.resolve("etc");
    Samples.write(etc);
    List<String> names = names(etc);
    Path all = Path.of(SamplesTest.class.getResource("/samples").toURI());
    assertEquals(names(all), names, "each that is there is written");
    assertTrue(names.stream().allMatch(name -> name.endsWith(".cfg.sample")), names.toString());
  }

  @Test
  void aFolderInUseIsLeftAlone() throws Exception {
    Path etc = Files.createDirectory(home.resolve("etc"));
    Files.writeString(etc.resolve("dev.divan.database-notes.cfg"), "name=notes\n");
    Samples.write(etc);
    assertEquals(List.of("dev.divan.database-notes.cfg"), names(etc));
  }

  private static List<String> names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
