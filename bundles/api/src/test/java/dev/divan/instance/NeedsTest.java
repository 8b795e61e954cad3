// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceRegistration;

class NeedsTest {
  private static final Needs.User NOBODY =
      new Needs.User() {
        @Override
        public void complete() {}

        @Override
        public void changed() {}

        @Override
        public void incomplete() {}

        @Override
        public void waiting() {}
      };
  @TempDir static Path storage;
  private static TestFramework framework;

  private final List<String> events = new ArrayList<>();
  private final List<ServiceRegistration<?>> registered = new ArrayList<>();
  private Needs needs;
  private Need<CharSequence> lasting;
  private Need<Number> changing;

  @BeforeAll
  static void start() throws Exception {
    framework = new TestFramework(storage);
  }

  @AfterAll
  static void stop() throws Exception {
    framework.close();
  }

  @BeforeEach
  void declare() throws Exception {
    needs =
        new Needs(
            framework.context(),
            new Turns(
                e -> {
                  throw e;
                }),
            new Needs.User() {
              @Override
              public void complete() {
                events.add("complete " + lasting.get() + " " + changing.now());
              }

              @Override
              public void changed() {
                events.add("changed " + changing.now());
              }

              @Override
              public void incomplete() {
                events.add("incomplete");
              }

              @Override
              public void waiting() {
                events.add("waiting for " + needs.missing());
              }
            });
    lasting = needs.lasting("word", CharSequence.class, Needs.named("name", "a(b)*"));
    changing = needs.changing("number", Number.class, null);
  }

  @AfterEach
  void end() {
    needs.close();
    registered.forEach(
        registration -> {
          try {
            registration.unregister();
          } catch (IllegalStateException gone) {
            // by the test itself
          }
        });
  }

  private <T> ServiceRegistration<T> register(Class<T> type, T service, Object... properties) {
    ServiceRegistration<T> registration = framework.register(type, service, properties);
    registered.add(registration);
    return registration;
  }

  private ServiceRegistration<CharSequence> word(String word) {
    return register(CharSequence.class, word, "name", "a(b)*");
  }

  @Test
  void whatIsThereAlreadyIsToldBeforeOpenReturns() {
    word("one");
    register(Number.class, 1);
    needs.open();
    assertEquals(List.of("complete one 1"), events);
  }

  @Test
  void theLastToArriveCompletesInWhateverOrder() {
    needs.open();
    register(Number.class, 1);
    register(CharSequence.class, "other", "name", "ab");
    word("one");
    assertEquals(
        List.of(
            "waiting for [word (name=a\\(b\\)\\*), number]",
            "waiting for [word (name=a\\(b\\)\\*)]",
            "complete one 1"),
        events);
    assertEquals(List.of(), needs.missing());
  }

  @Test
  void aLastingNeedIsHeldUntilItsServiceGoesAndAnotherTakesItsPlace() {
    register(Number.class, 1);
    ServiceRegistration<CharSequence> one = word("one");
    needs.open();
    register(CharSequence.class, "better", "name", "a(b)*", "service.ranking", 5);
    assertEquals("one", lasting.now());
    one.unregister();
    assertEquals(List.of("complete one 1", "incomplete", "complete better 1"), events);
  }

  @Test
  void aChangingNeedMayBeReplacedAndGo() {
    word("one");
    ServiceRegistration<Number> first = register(Number.class, 1);
    needs.open();
    ServiceRegistration<Number> second = register(Number.class, 2, "service.ranking", 5);
    second.setProperties(new Hashtable<>(Map.of("service.ranking", -5)));
    first.unregister();
    second.unregister();
    assertNull(changing.now());
    assertEquals(List.of("number"), needs.missing());
    register(Number.class, 3);
    assertEquals(
        List.of(
            "complete one 1", "changed 2", "changed 1", "changed 2", "changed null", "changed 3"),
        events);
  }

  @Test
  void whoIsAtWorkDoesNotWaitForAChangingNeedUntilALastingOneHasGone() {
    ServiceRegistration<CharSequence> one = word("one");
    needs.open(true);
    ServiceRegistration<Number> first = register(Number.class, 1);
    first.unregister();
    one.unregister();
    word("two");
    assertEquals(
        List.of(
            "complete one null",
            "changed 1",
            "changed null",
            "incomplete",
            "waiting for [word (name=a\\(b\\)\\*), number]",
            "waiting for [number]"),
        events);
  }

  @Test
  void aServiceWhosePropertiesNoLongerMatchIsGone() {
    register(Number.class, 1);
    ServiceRegistration<CharSequence> one = word("one");
    needs.open();
    one.setProperties(new Hashtable<>(Map.of("name", "x")));
    assertEquals(
        List.of("complete one 1", "incomplete", "waiting for [word (name=a\\(b\\)\\*)]"), events);
    assertThrows(IllegalStateException.class, lasting::get);
  }

  /** A component may be on its way out on one thread while another stops its bundle. */
  @Test
  void closingAfterTheBundleHasStoppedIsWithoutComplaint(@TempDir Path other) throws Exception {
    Needs late;
    try (TestFramework stopping = new TestFramework(other)) {
      stopping.register(CharSequence.class, "one");
      late =
          new Needs(
              stopping.context(),
              new Turns(
                  e -> {
                    throw e;
                  }),
              NOBODY);
      late.lasting("word", CharSequence.class, null);
      late.open();
    }
    late.close();
  }

  @Test
  void afterCloseNothingIsTold() {
    needs.open();
    needs.close();
    events.clear();
    word("one");
    register(Number.class, 1);
    assertEquals(List.of(), events);
  }

  @Test
  void whatIsNoFilterIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> needs.lasting("x", String.class, "name=notes"))
            .getMessage();
    assertTrue(message.startsWith("x name=notes is no filter"), message);
  }
}
