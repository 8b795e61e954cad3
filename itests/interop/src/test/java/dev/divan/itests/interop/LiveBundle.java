// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A third party's bundle, packed on the fly and laid into a node's {@code deploy}: one class, as a
 * component for each name, which is told the bundle's version.
 */
final class LiveBundle {
  private static final Path CLASSES = Path.of("target", "test-classes");
  private static final String IMPORTS =
      "dev.divan.auth,dev.divan.database,dev.divan.replicator,dev.divan.json;resolution:=optional";

  private final Path jar;
  private final Class<?> type;
  private final Class<?> service;
  private final List<String> names;

  LiveBundle(Path home, Class<?> type, Class<?> service, String... names) {
    this.jar = home.resolve("deploy").resolve(type.getSimpleName() + ".jar");
    this.type = type;
    this.service = service;
    this.names = List.of(names);
  }

  /** Installs it, or puts another version in its place. */
  void lay(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest(version))) {
      String entry = type.getName().replace('.', '/') + ".class";
      add(out, entry, Files.readAllBytes(CLASSES.resolve(entry)));
      for (String name : names)
        add(out, component(name), xml(name, version).getBytes(StandardCharsets.UTF_8));
    }
    LiveFile.lay(jar, bytes.toByteArray());
  }

  void remove() throws IOException {
    Files.delete(jar);
  }

  private Manifest manifest(String version) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", type.getName());
    headers.putValue("Bundle-Version", version);
    headers.putValue("Import-Package", IMPORTS);
    headers.putValue(
        "Service-Component", String.join(",", names.stream().map(LiveBundle::component).toList()));
    return manifest;
  }

  private static String component(String name) {
    return "OSGI-INF/" + name + ".xml";
  }

  private String xml(String name, String version) {
    return """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s.%s">
          <implementation class="%s"/>
          <service><provide interface="%s"/></service>
          <property name="name" value="%s"/>
          <property name="version" value="%s"/>
        </scr:component>
        """
        .formatted(type.getName(), name, type.getName(), service.getName(), name, version);
  }

  private static void add(JarOutputStream out, String entry, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(entry));
    out.write(bytes);
    out.closeEntry();
  }
}
