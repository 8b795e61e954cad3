// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.itests.Await;
import dev.divan.itests.frameworks.inside.BadgeActivator;
import dev.divan.itests.frameworks.inside.ByHandActivator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** An application that carries what it needs of ours, in a framework without SCR. */
class ByHandTest {
  private static final List<String> CARRIED =
      List.of(
          "dev.divan.database",
          "dev.divan.listener",
          "dev.divan.replicator",
          "dev.divan.store.memory",
          "dev.divan.tls",
          "dev.divan.transport.jetty");

  private @TempDir Path home;

  @ParameterizedTest
  @EnumSource
  void everythingCanBeMadeWithConstructors(Kind kind) throws Exception {
    try (Host host = new Host(kind, home.resolve("framework"))) {
      Parcel parcel = new Parcel(ByHandActivator.class).with(BadgeActivator.class);
      for (String each : CARRIED) parcel.carrying(Host.jar(each));
      Bundle application = host.install(parcel);
      Loaders loaders = new Loaders();
      for (int round = 0; round < 2; round++) {
        application.start();
        loaders.remember(application, "of round " + round);
        for (String from : List.of("office", "field"))
          host.awaitSaved(from, from + "-document", "from " + from);
        for (String to : List.of("office", "field"))
          for (String from : List.of("office", "field"))
            host.awaitText(to, from + "-document", "from " + from);
        assertEquals(
            Set.of("database.name", "listener.port", "listener.urls", "name"),
            properties(host, "dev.divan.listener.URLEndpointListener"));
        application.stop();
        assertEquals(null, application.getRegisteredServices());
        Await.that(
            Duration.ofSeconds(20),
            () -> Traces.threads().isEmpty(),
            () -> "left " + Traces.stacks());
        application.uninstall();
        host.refresh();
        loaders.awaitGone();
        application = host.install(parcel);
      }
    }
  }

  /** The properties of the one service of that type, but for those of the framework. */
  private static Set<String> properties(Host host, String type) throws Exception {
    ServiceReference<?>[] found = host.context().getAllServiceReferences(type, null);
    assertEquals(1, found.length);
    Set<String> keys = new TreeSet<>(Arrays.asList(found[0].getPropertyKeys()));
    keys.removeIf(key -> key.startsWith("service.") || key.equals("objectClass"));
    return keys;
  }
}
