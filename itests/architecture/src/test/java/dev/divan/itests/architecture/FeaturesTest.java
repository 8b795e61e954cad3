// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final Path FILE = Path.of("target", "further", "divan-features-features.xml");
  private static final Pattern BUNDLE = Pattern.compile("<bundle[^>]*>mvn:([^<]*)</bundle>");
  private static final List<String> BUNDLES = new ArrayList<>();

  @BeforeAll
  static void read() throws Exception {
    Matcher matcher = BUNDLE.matcher(Files.readString(FILE));
    while (matcher.find()) BUNDLES.add(matcher.group(1));
  }

  @Test
  void noBundleIsInTwoFeatures() {
    Set<String> seen = new HashSet<>();
    assertEquals(List.of(), BUNDLES.stream().filter(bundle -> !seen.add(bundle)).toList());
    assertTrue(seen.size() > 20, "the features are read");
  }

  @Test
  void everyVersionIsFilledIn() {
    assertEquals(List.of(), BUNDLES.stream().filter(bundle -> bundle.contains("${")).toList());
  }

  @Test
  void theTestkitIsInNoFeature() {
    assertFalse(BUNDLES.stream().anyMatch(bundle -> bundle.contains("testkit")));
  }
}
