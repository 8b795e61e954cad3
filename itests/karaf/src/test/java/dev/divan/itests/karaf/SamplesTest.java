// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The samples against the metatype that the bundles carry. */
class SamplesTest {
  private static final Path DIVAN = Path.of("target", "repository", "dev", "divan");
  private static final Pattern SAMPLE = Pattern.compile("divan-features-.*-SNAPSHOT-(.+)\\.sample");
  private static final Pattern PROPERTY = Pattern.compile("#?([.\\w]+) *=.*");

  /** By PID. */
  private static final Map<String, Set<String>> METATYPE = new TreeMap<>();

  /** Of the PIDs in it, those that there may be several of. */
  private static final Set<String> FACTORIES = new TreeSet<>();

  /** By the name of the sample without {@code .cfg.sample}. */
  private static final Map<String, List<String>> SAMPLES = new TreeMap<>();

  @BeforeAll
  static void read() throws Exception {
    try (Stream<Path> files = Files.walk(DIVAN)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        Matcher sample = SAMPLE.matcher(name);
        if (name.endsWith(".jar")) readMetatype(file);
        else if (sample.matches())
          SAMPLES.put("dev.divan." + sample.group(1), Files.readAllLines(file));
      }
    }
  }

  @Test
  void thereIsOneForEachFactory() {
    assertEquals(
        List.copyOf(FACTORIES),
        SAMPLES.keySet().stream().filter(s -> s.contains("-")).map(SamplesTest::pid).toList());
  }

  @Test
  void eachNamesEveryPropertyAndNoOther() {
    List<String> faults = new ArrayList<>();
    SAMPLES.forEach(
        (sample, lines) -> {
          Set<String> known = METATYPE.getOrDefault(pid(sample), Set.of());
          Set<String> named = properties(lines);
          known.stream()
              .filter(property -> !named.contains(property))
              .forEach(property -> faults.add(sample + ".cfg.sample lacks " + property));
          named.stream()
              .filter(property -> !known.contains(property))
              .forEach(property -> faults.add(sample + ".cfg.sample has the unknown " + property));
        });
    assertEquals(List.of(), faults);
  }

  /** They are the contract: documents, and seeds of other projects, speak of them. */
  @Test
  void thoseOfTheSmallestDeploymentsHaveTheirNames() {
    assertTrue(
        SAMPLES
            .keySet()
            .containsAll(
                List.of(
                    "dev.divan.database-field",
                    "dev.divan.tls.selfsigned-gateway",
                    "dev.divan.listener.auth.jaas-staff",
                    "dev.divan.listener-lan",
                    "dev.divan.auth.basic-hq",
                    "dev.divan.replicator-hq")),
        SAMPLES.keySet()::toString);
  }

  @Test
  void eachSaysWhatToRenameItTo() {
    SAMPLES.forEach(
        (sample, lines) ->
            assertTrue(String.join(" ", lines).contains("ename to " + sample + ".cfg"), sample));
  }

  private static String pid(String sample) {
    int end = sample.indexOf('-');
    return end < 0 ? sample : sample.substring(0, end);
  }

  private static Set<String> properties(List<String> lines) {
    Set<String> names = new TreeSet<>();
    for (String line : lines) {
      Matcher matcher = PROPERTY.matcher(line);
      if (matcher.matches()) names.add(matcher.group(1));
    }
    return names;
  }

  private static void readMetatype(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList())
        if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml"))
          try (InputStream xml = file.getInputStream(entry)) {
            readMetatype(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml));
          }
    }
  }

  private static void readMetatype(Document document) {
    Map<String, Set<String>> classes = new TreeMap<>();
    for (Element ocd : elements(document, "OCD")) {
      Set<String> names = new TreeSet<>();
      NodeList attributes = ocd.getElementsByTagName("AD");
      for (int i = 0; i < attributes.getLength(); i++)
        names.add(((Element) attributes.item(i)).getAttribute("id"));
      classes.put(ocd.getAttribute("id"), names);
    }
    for (Element designate : elements(document, "Designate")) {
      String factory = designate.getAttribute("factoryPid");
      String ocd =
          ((Element) designate.getElementsByTagName("Object").item(0)).getAttribute("ocdref");
      METATYPE.put(
          factory.isEmpty() ? designate.getAttribute("pid") : factory,
          classes.getOrDefault(ocd, Set.of()));
      if (!factory.isEmpty()) FACTORIES.add(factory);
    }
  }

  private static List<Element> elements(Document document, String name) {
    List<Element> elements = new ArrayList<>();
    NodeList found = document.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
    return elements;
  }
}
