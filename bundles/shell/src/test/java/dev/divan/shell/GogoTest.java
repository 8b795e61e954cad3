// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.database.local.LocalDatabase;
import dev.divan.shell.command.Command;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.osgi.TestFramework;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The commands as the real Gogo runtime finds and calls them, in a real framework. */
class GogoTest {
  @TempDir private Path storage;
  private final PrintStream terminal = System.out;
  private final InputStream keyboard = System.in;
  private final PrintStream errors = System.err;
  private TestFramework framework;
  private Shell shell;
  private final LocalDatabase notes = new LocalDatabase("notes", new MemoryStore());

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage);
    BundleContext context = framework.context();
    context
        .installBundle(
            CommandProcessor.class.getProtectionDomain().getCodeSource().getLocation().toString())
        .start();
    framework.register(Database.class, notes, "name", "notes");
    shell = new Shell(context);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
    notes.close();
    System.setOut(terminal);
    System.setIn(keyboard);
    System.setErr(errors);
  }

  /** Gogo's classes are the bundle's own, so it is spoken to by reflection. */
  private String type(String line, String input) throws Throwable {
    BundleContext context = framework.context();
    ServiceReference<?>[] found =
        context.getAllServiceReferences("org.apache.felix.service.command.CommandProcessor", null);
    assertNotNull(found);
    Object processor = context.getService(found[0]);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Class<?> type = processor.getClass();
    Object session =
        type.getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
            .invoke(
                processor,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      session.getClass().getMethod("execute", CharSequence.class).invoke(session, line);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aNameWithAHyphenIsFoundAndItsOutputGoesToTheSession() throws Throwable {
    assertEquals(
        "saved a, revision", type("divan:doc-put notes a '{\"x\": [1, {}]}'", "").substring(0, 17));
    assertTrue(type("divan:db-list", "").contains("notes"), "by scope");
    assertTrue(type("db-list", "").contains("notes"), "without one");
    assertEquals("{\n  \"x\": [\n    1,\n    {}\n  ]\n}\n", type("divan:doc-get notes a", ""));
  }

  @Test
  void inputAndPipesReachACommand() throws Throwable {
    assertTrue(type("divan:doc-put notes a -", "{\"in\": 1}").startsWith("saved a"));
    assertTrue(
        type("divan:doc-get notes a --raw | divan:doc-put notes b -", "").startsWith("saved b"));
    assertEquals(1, notes.getDefaultCollection().getDocument("b").getInt("in"));
    assertEquals(
        "Delete a here and at all peers? Type yes to go on: deleted a\n",
        type("divan:doc-delete notes a", "yes\n"));
  }

  @Test
  void bracesWithoutQuotesAreCodeForTheShellAndTheFailureSaysSo() {
    Throwable failed =
        assertThrows(Throwable.class, () -> type("divan:doc-put notes a {\"q\":1}", ""));
    assertTrue(failed.getMessage().contains("in single quotes"), failed.getMessage());
  }

  @Test
  void aFailureIsOneSentenceForTheShell() {
    Throwable failed = assertThrows(Throwable.class, () -> type("divan:db-info nowhere", ""));
    assertEquals("CommandFailed", failed.getClass().getSimpleName());
    assertEquals("there is no database nowhere; there is notes", failed.getMessage());
    assertEquals(0, failed.getStackTrace().length);
  }

  @Test
  void everyCommandTellsAboutItself() throws Throwable {
    Set<String> names = new HashSet<>();
    String list = type("divan:commands", "");
    for (Command each : Shell.commands()) {
      assertTrue(names.add(each.name()), each.name());
      assertTrue(each.about().length() > 10, each.name());
      assertTrue(list.contains("divan:" + each.name() + " "), each.name());
      assertTrue(type("divan:" + each.name() + " --help", "").startsWith(each.synopsis()));
    }
  }

  @Test
  void withTheBundleTheCommandsGo() throws Exception {
    shell.close();
    assertNull(framework.context().getAllServiceReferences(null, "(osgi.command.scope=divan)"));
  }
}
