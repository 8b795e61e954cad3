// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.shell.command.CommandFailed;
import dev.divan.testkit.osgi.TestFramework;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** Where the commands are, in a real framework, while Karaf's shell comes and goes. */
class StagesTest {
  @TempDir private Path storage;
  private final List<Object> karafs = new ArrayList<>();
  private int most;
  private TestFramework framework;
  private BundleContext context;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
    context = framework.context();
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  private ServiceRegistration<?> karaf() {
    Registry registry =
        fake(
            Registry.class,
            (method, argument) -> {
              if (method.equals("register")) {
                karafs.add(argument);
                most = Math.max(most, gogos());
                return null;
              }
              assertEquals("unregister", method);
              karafs.remove(argument);
              return null;
            });
    return context.registerService(
        SessionFactory.class, fake(SessionFactory.class, (method, none) -> registry), null);
  }

  private int gogos() {
    try {
      ServiceReference<?>[] found =
          context.getAllServiceReferences(null, "(osgi.command.scope=divan)");
      return found == null ? 0 : found.length;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void withoutKarafTheyAreGogosAndInKarafTheyAreKarafsOnly() {
    int all = Shell.commands().size();
    ServiceRegistration<?> first = karaf();
    try (Shell shell = new Shell(context)) {
      assertNotNull(shell);
      assertEquals(List.of(all, 0), List.of(karafs.size(), gogos()), "Karaf was there before");
      first.unregister();
      assertEquals(List.of(0, all), List.of(karafs.size(), gogos()), "Karaf is gone");
      karaf();
      assertEquals(List.of(all, 0), List.of(karafs.size(), gogos()), "Karaf has come");
    }
    assertEquals(List.of(0, 0), List.of(karafs.size(), gogos()), "the shell is closed");
    assertEquals(0, most, "never in both places");
  }

  @Test
  void whatKarafCallsDoesAndTellsWhatGogosDoes() {
    karaf();
    try (Shell shell = new Shell(context)) {
      assertNotNull(shell);
      Command info =
          karafs.stream()
              .map(Command.class::cast)
              .filter(each -> each.getName().equals("db-info"))
              .findFirst()
              .orElseThrow();
      assertEquals("divan", info.getScope());
      assertEquals("one database: its collections, and who uses it", info.getDescription());
      Session session = fake(Session.class, (method, variable) -> new Object());
      CommandFailed failed =
          assertThrows(
              CommandFailed.class, () -> info.execute(session, List.of(new StringBuilder("x"))));
      assertEquals("there is no database x, nor any other", failed.getMessage());
    }
  }

  private interface Answer {
    Object to(String method, Object argument);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> type.getSimpleName();
                  default -> answer.to(method.getName(), arguments == null ? null : arguments[0]);
                }));
  }
}
