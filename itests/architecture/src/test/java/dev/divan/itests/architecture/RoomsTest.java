// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern PID = Pattern.compile("String PID = \"(dev\\.divan\\.[^\"]+)\"");
  private static final Path SOURCES = Path.of("src", "main", "java");

  @Test
  void everyPackageAnnouncesItself() throws IOException {
    Set<String> silent = new TreeSet<>();
    for (Path room : rooms())
      if (!Files.exists(room.resolve("package-info.java")))
        silent.add(ROOT.relativize(room).toString());
    assertEquals(Set.of(), silent);
  }

  @Test
  void everyConfigurationIsInItsBundlesReadme() throws IOException {
    Set<String> untold = new TreeSet<>();
    Set<String> told = new TreeSet<>();
    for (Path room : rooms())
      for (String pid : pids(room)) (readme(room).contains(pid) ? told : untold).add(pid);
    assertEquals(Set.of(), untold);
    assertTrue(told.contains("dev.divan.database"), "the PIDs are where they are looked for");
  }

  @Test
  void everyBundleIsInTheBom() throws IOException {
    Pattern artifact = Pattern.compile("<artifactId>(dev\\.divan\\.[^<]+)</artifactId>");
    Set<String> bundles = new TreeSet<>();
    try (Stream<Path> folders = Files.list(ROOT.resolve("bundles"))) {
      for (Path pom : folders.map(folder -> folder.resolve("pom.xml")).toList())
        if (Files.exists(pom)) {
          Matcher first = artifact.matcher(Files.readString(pom));
          assertTrue(first.find(), pom.toString());
          bundles.add(first.group(1));
        }
    }
    Set<String> listed = new TreeSet<>();
    Matcher bom = artifact.matcher(Files.readString(ROOT.resolve("features/bom/pom.xml")));
    while (bom.find()) listed.add(bom.group(1));
    assertEquals(bundles, listed);
  }

  private static Set<String> pids(Path room) throws IOException {
    Set<String> pids = new TreeSet<>();
    try (Stream<Path> files = Files.list(room)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        // Others may know a PID; it belongs to the component that is configured by it.
        if (!source.contains("@Designate")) continue;
        Matcher matcher = PID.matcher(source);
        while (matcher.find()) pids.add(matcher.group(1));
      }
    }
    return pids;
  }

  private static String readme(Path room) throws IOException {
    Path bundle = room;
    while (!Files.exists(bundle.resolve("pom.xml"))) bundle = bundle.getParent();
    Path readme = bundle.resolve("README.md");
    return Files.exists(readme) ? Files.readString(readme) : "";
  }

  private static List<Path> rooms() throws IOException {
    Set<Path> rooms = new TreeSet<>();
    for (String top : List.of("bundles", "features"))
      try (Stream<Path> modules = Files.list(ROOT.resolve(top))) {
        for (Path sources : modules.map(m -> m.resolve(SOURCES)).filter(Files::exists).toList())
          try (Stream<Path> files = Files.walk(sources)) {
            files
                .filter(f -> f.toString().endsWith(".java"))
                .map(Path::getParent)
                .forEach(rooms::add);
          }
      }
    assertTrue(rooms.size() > 10, "the sources are where they are looked for");
    return List.copyOf(rooms);
  }
}
