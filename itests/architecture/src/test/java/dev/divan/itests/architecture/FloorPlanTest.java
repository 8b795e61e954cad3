// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FloorPlanTest {
  private static final String API = "dev.divan.api";
  private static List<Bundle> ours;

  @BeforeAll
  static void read() throws IOException {
    ours = Bundle.ours();
  }

  @Test
  void allBundlesOfTheFloorPlanAreLookedAt() {
    assertTrue(
        names(bundle -> true)
            .containsAll(
                Set.of(
                    API,
                    "dev.divan.blip",
                    "dev.divan.database",
                    "dev.divan.replicator",
                    "dev.divan.listener",
                    "dev.divan.store.memory",
                    "dev.divan.store.xodus",
                    "dev.divan.transport.loopback",
                    "dev.divan.transport.jetty",
                    "dev.divan.tls",
                    "dev.divan.auth.password",
                    "dev.divan.auth.certificate",
                    "dev.divan.auth.jaas",
                    "dev.divan.store.mvstore",
                    "dev.divan.shell",
                    "dev.divan.health",
                    "dev.divan.jmx",
                    "dev.divan.events",
                    "dev.divan.inventory")),
        ours::toString);
  }

  @Test
  void bundlesKnowOnlyPromisesAndTheReplicatorKnowsBlip() {
    Set<String> promises = exports(API);
    assertAll(
        ours.stream()
            .map(
                bundle ->
                    () -> {
                      Set<String> strange = new TreeSet<>(bundle.imports());
                      strange.removeIf(name -> !name.startsWith("dev.divan."));
                      strange.removeAll(promises);
                      strange.removeAll(bundle.exports());
                      if (bundle.name().equals("dev.divan.replicator"))
                        strange.removeAll(exports("dev.divan.blip"));
                      assertEquals(Set.of(), strange, bundle.name() + " imports");
                    }));
  }

  @Test
  void onlyPromisesAndBlipAreExported() {
    assertEquals(Set.of(API, "dev.divan.blip"), names(bundle -> !bundle.exports().isEmpty()));
  }

  @Test
  void noPackageIsInTwoBundles() {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    for (Bundle bundle : ours)
      for (String name : bundle.contents()) if (!seen.add(name)) twice.add(name);
    assertEquals(Set.of(), twice);
  }

  @Test
  void eachLibraryIsSeenByOneBundle() {
    assertEquals(
        Set.of("dev.divan.transport.jetty"),
        names(bundle -> bundle.importsAnyOf("org.eclipse.jetty")));
    assertEquals(Set.of("dev.divan.tls"), names(bundle -> bundle.importsAnyOf("org.bouncycastle")));
    assertEquals(Set.of(API), names(bundle -> bundle.importsAnyOf("com.fasterxml")));
    assertEquals(Set.of("dev.divan.store.mvstore"), names(bundle -> bundle.importsAnyOf("org.h2")));
    assertEquals(
        Set.of("dev.divan.health"), names(bundle -> bundle.importsAnyOf("org.apache.felix.hc")));
    assertEquals(
        Set.of("dev.divan.inventory"),
        names(bundle -> bundle.importsAnyOf("org.apache.felix.inventory")));
    assertEquals(
        Set.of("dev.divan.events"), names(bundle -> bundle.importsAnyOf("org.osgi.service.event")));
    assertEquals(
        Set.of("dev.divan.store.xodus"), names(bundle -> bundle.containsAnyOf("jetbrains.exodus")));
    assertEquals(
        Set.of(),
        names(bundle -> bundle.importsAnyOf("jetbrains.") || bundle.importsAnyOf("kotlin")),
        "Xodus does not leak");
  }

  @Test
  void nothingNeedsKarafOrATestLibrary() {
    assertEquals(
        Set.of("dev.divan.shell"),
        names(bundle -> bundle.importsAnyOf("org.apache.karaf")),
        "which does without it");
    assertEquals(Set.of(), names(bundle -> bundle.importsAnyOf("org.junit")));
    assertEquals(Set.of(), names(bundle -> bundle.name().equals("dev.divan.testkit")));
  }

  private static Set<String> exports(String name) {
    return ours.stream()
        .filter(bundle -> bundle.name().equals(name))
        .findFirst()
        .orElseThrow()
        .exports();
  }

  private static Set<String> names(Predicate<Bundle> predicate) {
    return ours.stream().filter(predicate).map(Bundle::name).collect(Collectors.toSet());
  }
}
