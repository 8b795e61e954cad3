// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.json.Json;
import dev.divan.testkit.await.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.felix.inventory.Format;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.InvalidSyntaxException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A secret is put into every property of every factory that is one by its metatype, and under names
 * where it does not belong, once beside what makes the configuration good and once beside what does
 * not. Then all that is printed is searched.
 */
class SecretsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Not of the type Password, and secret all the same. */
  private static final List<String> UNTYPED = List.of("certBase64", "headers");

  /** Slips. */
  private static final List<String> MISSPELT =
      List.of("password", "passwordHash", "token", "session", "keyPassword", "secret");

  /** What makes a configuration good, or nearly. */
  private static final Map<String, Map<String, String>> GOOD =
      Map.of(
          "dev.divan.auth.basic", Map.of("username", "ann"),
          "dev.divan.listener.auth.password", Map.of("username", "ann"),
          "dev.divan.listener.auth.jaas", Map.of("realm", "karaf"),
          "dev.divan.listener", Map.of("database", "good"),
          "dev.divan.replicator",
              Map.of("database", "good", "url", "loopback://nowhere:1/notes", "autostart", "false"),
          "dev.divan.tls.selfsigned", Map.of("commonName", "good"));

  @TempDir static Path home;
  private static final Map<String, List<String>> FACTORIES = new TreeMap<>();
  private static final TreeSet<String> SECRETS = new TreeSet<>();
  private static Node node;

  @BeforeAll
  static void configure() throws Exception {
    node = new Node(home);
    for (Path jar : node.jars()) read(jar);
    for (Map.Entry<String, List<String>> each : FACTORIES.entrySet()) {
      String pid = each.getKey();
      Map<String, String> good = new HashMap<>(GOOD.getOrDefault(pid, Map.of()));
      good.putAll(secrets(pid, "good", each.getValue()));
      // one way to give a password is enough
      good.remove(".passwordHash");
      node.configure(pid, "good", good);
      Map<String, String> bad = new HashMap<>(GOOD.getOrDefault(pid, Map.of()));
      bad.putAll(secrets(pid, "bad", each.getValue()));
      bad.remove(".passwordHash");
      bad.putAll(secrets(pid, "bad", UNTYPED));
      bad.putAll(secrets(pid, "bad", MISSPELT));
      bad.put("url", "ws://ann:" + secret(pid, "bad", "url") + "@127.0.0.1:1/notes");
      node.configure(pid, "bad", bad);
    }
    for (String pid : FACTORIES.keySet())
      for (String name : List.of("good", "bad"))
        Await.until(PATIENCE, () -> pid + " " + name + " of " + node, () -> shown(pid, name));
  }

  @AfterAll
  static void close() throws Exception {
    if (node != null) node.close();
  }

  private static String secret(String pid, String name, String property) {
    String secret = "s3cret." + pid + "." + name + "." + property;
    SECRETS.add(secret);
    return secret;
  }

  private static Map<String, String> secrets(String pid, String name, List<String> properties) {
    Map<String, String> secrets = new HashMap<>();
    for (String each : properties) secrets.put(each, secret(pid, name, each));
    return secrets;
  }

  /** The factories of a bundle by their metatype, with the properties that are secret. */
  private static void read(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : file.stream().toList()) {
        if (!entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) continue;
        Document metatype =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.getInputStream(entry));
        List<String> secret = new ArrayList<>();
        for (Element each : elements(metatype, "AD"))
          if (each.getAttribute("type").equals("Password")) secret.add(each.getAttribute("id"));
        for (Element each : elements(metatype, "Designate"))
          if (each.hasAttribute("factoryPid"))
            FACTORIES.put(each.getAttribute("factoryPid"), secret);
      }
    }
  }

  private static List<Element> elements(Document document, String name) {
    NodeList all = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < all.getLength(); i++) elements.add((Element) all.item(i));
    return elements;
  }

  private static boolean shown(String pid, String name) {
    try {
      return node.shows(pid, name);
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyFactoryWithSecretsIsThere() {
    TreeMap<String, List<String>> secret = new TreeMap<>(FACTORIES);
    secret.values().removeIf(List::isEmpty);
    assertEquals(
        List.of(
            "dev.divan.auth.basic",
            "dev.divan.auth.bearer",
            "dev.divan.auth.session",
            "dev.divan.listener.auth.password",
            "dev.divan.tls.imported",
            "dev.divan.tls.keystore"),
        List.copyOf(secret.keySet()));
    assertTrue(FACTORIES.containsKey("dev.divan.replicator"));
  }

  @Test
  void noSecretIsPrintedAsText() {
    assertClean(Printed.by(node.context(), Format.TEXT));
  }

  @Test
  void noSecretIsPrintedAsJson() {
    String json = Printed.by(node.context(), Format.JSON);
    assertClean(json);
    assertTrue(Json.parseObject(json).containsKey("databases"));
  }

  private static void assertClean(String printed) {
    assertTrue(printed.contains("refused"), printed);
    assertTrue(printed.contains("dev.divan.replicator~bad"), printed);
    assertEquals(List.of(), SECRETS.stream().filter(printed::contains).toList(), printed);
    assertTrue(!printed.contains("s3cret"), printed);
  }
}
