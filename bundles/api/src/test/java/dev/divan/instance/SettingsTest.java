// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static final String FACTORY = "dev.divan.some";

  private static Settings settings(Map<String, ?> properties) {
    return new Settings(FACTORY, properties);
  }

  /** Of an instance called lan, with one property. */
  private static Settings with(String property, Object value) {
    return settings(Map.of("service.pid", FACTORY + "~lan", property, value));
  }

  private static String named(Map<String, ?> properties) {
    return settings(properties).name();
  }

  private static String fromFile(String file) {
    return named(
        Map.of(
            "service.pid", FACTORY + ".1234-abcd",
            "service.factoryPid", FACTORY,
            "felix.fileinstall.filename", file));
  }

  private static void refused(String words, Settings settings, Function<Settings, ?> reading) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> reading.apply(settings)).getMessage();
    assertTrue(message.startsWith(FACTORY + " lan: " + words), message);
  }

  @Test
  void theConfiguredNameWins() {
    assertEquals(
        "given",
        named(
            Map.of(
                "name",
                " given ",
                "service.pid",
                FACTORY + "~x",
                "service.factoryPid",
                FACTORY,
                "felix.fileinstall.filename",
                "file:/etc/" + FACTORY + "-y.cfg")));
  }

  @Test
  void elseItIsThatOfTheFileTheConfigurationCameFrom() {
    for (String file :
        List.of(
            "file:/etc/" + FACTORY + "-notes.cfg",
            "file:/etc/" + FACTORY + "-notes.config",
            "file:/etc/" + FACTORY + "~notes.cfg.json",
            "file:/etc/" + FACTORY + "-notes.json",
            "C:\\etc\\" + FACTORY + "-notes.cfg",
            FACTORY + "-notes.cfg")) {
      assertEquals("notes", fromFile(file), file);
    }
    assertEquals("a-b.c", fromFile("file:/etc/" + FACTORY + "-a-b.c.cfg"));
  }

  @Test
  void elseTheNamePartOfThePid() {
    assertEquals(
        "notes",
        named(
            Map.of("name", "", "service.pid", FACTORY + "~notes", "service.factoryPid", FACTORY)));
    assertEquals("lan", named(Map.of("service.pid", FACTORY + "~lan")));
    assertEquals("a~b", named(Map.of("service.pid", FACTORY + "~a~b")));
  }

  @Test
  void elseTheGeneratedPartOfThePid() {
    assertEquals("1234-abcd", fromFile("file:/etc/something-else.cfg"));
    assertEquals("1234-abcd", fromFile("file:/etc/" + FACTORY + "-.cfg"));
    assertEquals("1234-abcd", fromFile("file:/etc/" + FACTORY + "-notes.xml"));
    assertEquals("0815-4711", named(Map.of("service.pid", FACTORY + ".0815-4711")));
  }

  @Test
  void aConfigurationThatIsNotOfAFactoryIsCalledByItsPid() {
    assertEquals("some.pid", named(Map.of("service.pid", "some.pid")));
    assertEquals("default", named(Map.of()));
  }

  @Test
  void aFaultNamesInstanceAndPropertyAndWhatLiesBeneath() {
    Settings settings = with("x", 1);
    assertEquals(FACTORY + " lan: give one", settings.fault("give one").getMessage());
    assertEquals(FACTORY + " lan: x is odd", settings.fault("x", "is odd").getMessage());
    Exception beneath = new Exception();
    assertSame(beneath, settings.fault("x", "is odd", beneath).getCause());
  }

  @Test
  void textIsStrippedAndBlankIsNone() {
    assertEquals("a b", with("x", " a b\t").text("x"));
    assertEquals("5", with("x", 5).text("x"));
    assertNull(with("x", "  ").text("x"));
    assertNull(with("y", "").text("x"));
    assertEquals("a", with("x", "a").text("x", "b"));
    assertEquals("b", with("x", " ").text("x", "b"));
    assertEquals("a", with("x", " a").required("x", "a letter"));
    refused("x is missing: a letter", with("x", " "), s -> s.required("x", "a letter"));
  }

  @Test
  void aSecretIsTakenAsItIs() {
    assertArrayEquals(" a ".toCharArray(), with(".x", " a ").secret(".x"));
    assertArrayEquals(new char[0], with(".y", "").secret(".x"));
  }

  @Test
  void aNumberMayBeTextAndHasItsLimits() {
    assertEquals(7, with("x", " ").integer("x", 7, 0, 9));
    assertEquals(0, with("x", 0).integer("x", 7, 0, 9));
    assertEquals(9, with("x", " 9 ").integer("x", 7, 0, 9));
    assertEquals(-3, with("x", "-3").integer("x", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
    for (Object wrong : List.of(-1, "10", "many", "1.5", "99999999999")) {
      refused(
          "x is a number from 0 to 9, not \"" + wrong + "\"",
          with("x", wrong),
          s -> s.integer("x", 7, 0, 9));
    }
  }

  @Test
  void theTruthIsTrueOrFalse() {
    assertEquals(true, with("x", true).truth("x", false));
    assertEquals(false, with("x", " FALSE ").truth("x", true));
    assertEquals(true, with("x", "").truth("x", true));
    refused("x is true or false, not \"yes\"", with("x", "yes"), s -> s.truth("x", true));
  }

  @Test
  void aChoiceIsOneOfTheConstants() {
    TimeUnit usual = TimeUnit.DAYS;
    assertEquals(TimeUnit.HOURS, with("x", "hours").choice("x", TimeUnit.class, usual));
    assertEquals(TimeUnit.HOURS, with("x", TimeUnit.HOURS).choice("x", TimeUnit.class, usual));
    assertEquals(usual, with("x", " ").choice("x", TimeUnit.class, usual));
    refused(
        "x is one of nanoseconds, microseconds, milliseconds, seconds, minutes, hours, days,"
            + " not \"weeks\"",
        with("x", "weeks"),
        s -> s.choice("x", TimeUnit.class, usual));
  }

  @Test
  void aListMayBeAnArrayACollectionOrTextWithCommas() {
    for (Object form :
        List.of("a, b,,", new String[] {" a", "b", ""}, List.of("a", "b "), List.of("a,b"))) {
      assertEquals(List.of("a", "b"), with("x", form).list("x"));
    }
    assertEquals(List.of(), with("x", " ").list("x"));
    assertEquals(List.of(), with("y", "a").list("x"));
    assertEquals(List.of("5"), with("x", 5).list("x"));
  }

  @Test
  void collectionsAreFullNamesNoneTwiceAndTheDefaultOneIfNoneIsNamed() {
    assertEquals(
        List.of("a.b", "_default.c", "_default._default"),
        with("x", "a.b, c, _default.c, a.b, _default").collections("x"));
    assertEquals(List.of("_default._default"), with("x", "").collections("x"));
    for (String wrong : List.of("a.b.c", "a.", ".b", ".")) {
      refused(
          "x are scope.name,scope.name…, not \"" + wrong + "\"",
          with("x", "a.b," + wrong),
          s -> s.collections("x"));
    }
  }

  @Test
  void aTargetIsAFilterOrShortForOne() {
    assertEquals("(label=gate)", with("x", "gate").target("x", "label"));
    assertEquals("(name=a\\(b\\)\\*\\\\)", with("x", "a(b)*\\").target("x", "name"));
    assertEquals("(x=y)", with("x.target", " (x=y) ").target("x", "name"));
    assertNull(with("x", " ").target("x", "name"));
    refused(
        "x and x.target are both given",
        settings(Map.of("service.pid", FACTORY + "~lan", "x", "a", "x.target", "(name=a)")),
        s -> s.target("x", "name"));
    refused("x.target name=a is no filter", with("x.target", "name=a"), s -> s.target("x", "name"));
  }

  @Test
  void whatIsOpenHasTheNameAndNoSecrets() {
    Settings settings =
        settings(Map.of("service.pid", FACTORY + "~lan", "x", 1, ".password", "geheim"));
    assertEquals(Map.of("service.pid", FACTORY + "~lan", "x", 1, "name", "lan"), settings.open());
    settings.open().put("more", 1);
    assertNull(settings.open().get("more"), "each is the caller's own");
  }
}
