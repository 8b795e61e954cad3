// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The story as a user starts it, from its jar. */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoryIT {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Where the story took place that all may look at. */
  @TempDir static Path finished;

  private static String told = "";

  @TempDir Path folder;

  @BeforeAll
  static void tell() throws Exception {
    Process story = story("--home", finished.toString());
    told = new String(story.getInputStream().readAllBytes());
    String complaint = new String(story.getErrorStream().readAllBytes());
    assertEquals(0, story.waitFor(), told + complaint);
  }

  @Test
  void theStoryIsToldToItsEnd() {
    for (String line :
        List.of(
            "listening on wss://",
            "loaded: 3,384 of 3,384 documents, 0.5",
            "received over TLS: 3,384 of 3,384 documents, 0.5",
            "gateway  3,384 documents, of those 8 with an image",
            "both sides are equal",
            "edited on the gateway: JFK, BOS, MIA, DEN, SFO; seen on the tablet after ",
            "edited on the tablet: ATL, ORD, ANC, HNL, SJU; seen on the gateway after ",
            "status: open  remarks: gateway: snow on the runway; tablet: windsock is torn",
            "tablet   3,383 documents, of those 8 with an image",
            "point a phone with a Couchbase Lite app")) assertTrue(told.contains(line), told);
    assertFalse(told.contains("\u001b"), "no escape sequences in a file");
  }

  @Test
  void thePasswordIsNotLogged() throws Exception {
    Path login = finished.resolve("tablet/etc/dev.divan.auth.basic-gateway.cfg");
    String password = Files.readString(login).split("\\.password = ")[1].strip();
    assertFalse(Files.readString(finished.resolve("gateway/log.txt")).contains(password));
    assertFalse(Files.readString(finished.resolve("tablet/log.txt")).contains(password));
  }

  @Test
  void theNodesCanBeStartedAgainByHandAndMeet() throws Exception {
    Process gateway = node("gateway");
    try {
      awaitLine(gateway.inputReader(), "ready");
      Process tablet = node("tablet");
      try {
        // the application's resolver, which it waits for, comes with the bundle in deploy
        awaitLine(tablet.errorReader(), "connected to wss://");
      } finally {
        tablet.destroyForcibly().waitFor();
      }
    } finally {
      gateway.destroyForcibly().waitFor();
    }
  }

  private static Process node(String name) throws IOException {
    return new ProcessBuilder(
            JAVA,
            "-jar",
            Path.of(System.getProperty("demo.jar")).resolveSibling("divan-node.jar").toString(),
            "--home",
            finished.resolve(name).toString())
        .start();
  }

  private static void awaitLine(BufferedReader said, String part) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.contains(part)) return;
      lines.add(line);
    }
    fail("ended without \"" + part + "\": " + lines);
  }

  @Test
  void aStoryThatIsKilledLeavesNoNodeBehind() throws Exception {
    Process story = story("--home", folder.toString());
    try (BufferedReader told = story.inputReader()) {
      awaitLine(told, "loaded: ");
      List<ProcessHandle> nodes = story.descendants().toList();
      assertEquals(1, nodes.size());
      story.destroyForcibly();
      for (ProcessHandle node : nodes) node.onExit().get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aFolderOfAnotherStoryIsNotTouched() throws Exception {
    Files.createDirectory(folder.resolve("gateway"));
    assertEquals(
        "The story ends here: "
            + folder.resolve("gateway")
            + " is there already, from another story; name a new --home",
        complaint("--home", folder.toString()));
  }

  @Test
  void aWrongOptionIsNamed() throws Exception {
    assertTrue(complaint("--hom").startsWith("The story ends here: no such option: --hom"));
  }

  private static String complaint(String... arguments) throws Exception {
    Process story = story(arguments);
    story.getInputStream().readAllBytes();
    String said = new String(story.getErrorStream().readAllBytes()).strip();
    assertEquals(1, story.waitFor());
    return said;
  }

  private static Process story(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", System.getProperty("demo.jar")));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }
}
