// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void theHomeFolderIsAllThatIsNeeded() throws Exception {
    Options options = Options.parse(List.of("--home", "somewhere"));
    assertNotNull(options);
    assertEquals(Path.of("somewhere").toAbsolutePath(), options.home());
    assertFalse(options.shell());
    assertEquals("info", options.log());
  }

  @Test
  void shellAndLogLevelAreUnderstoodInAnyOrder() throws Exception {
    Options options = Options.parse(List.of("--log", "DEBUG", "--shell", "--home", "x"));
    assertNotNull(options);
    assertTrue(options.shell());
    assertEquals("debug", options.log());
  }

  @Test
  void helpNeedsNothingElse() throws Exception {
    assertNull(Options.parse(List.of("--help")));
  }

  @Test
  void whatIsWrongIsSaidByName() {
    assertEquals("--home DIR is needed", refusal());
    assertEquals("--home needs a value", refusal("--home"));
    assertEquals("no such option: --hom", refusal("--hom", "x"));
    assertEquals("--log: no such level: loud", refusal("--home", "x", "--log", "loud"));
  }

  private static String refusal(String... arguments) {
    return assertThrows(Options.UsageException.class, () -> Options.parse(List.of(arguments)))
        .getMessage();
  }
}
