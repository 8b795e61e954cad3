// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.architecture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * A built bundle as its jar shows it.
 *
 * @param jar the bytes
 * @param imports packages
 * @param exports packages
 * @param contents the packages that have classes in it
 */
record Bundle(
    String name, byte[] jar, Set<String> imports, Set<String> exports, Set<String> contents) {
  private static final Path NODE = Path.of("target", "divan-node.jar");
  private static final Path FURTHER = Path.of("target", "further");
  private static final String FOLDER = "bundles/";

  /** All that the node carries, and those that only features name. */
  static List<Bundle> all() throws IOException {
    List<Bundle> bundles = new ArrayList<>();
    try (JarFile node = new JarFile(NODE.toFile())) {
      for (JarEntry entry : node.stream().toList())
        if (entry.getName().startsWith(FOLDER) && entry.getName().endsWith(".jar"))
          try (InputStream in = node.getInputStream(entry)) {
            bundles.add(of(in.readAllBytes()));
          }
    }
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(FURTHER, "*.jar")) {
      for (Path jar : jars) bundles.add(of(Files.readAllBytes(jar)));
    }
    return bundles;
  }

  /** Divan's own. */
  static List<Bundle> ours() throws IOException {
    return all().stream().filter(bundle -> bundle.name.startsWith("dev.divan.")).toList();
  }

  private static Bundle of(byte[] bytes) throws IOException {
    Set<String> contents = new TreeSet<>();
    try (JarInputStream jar = new JarInputStream(new ByteArrayInputStream(bytes))) {
      Manifest manifest = jar.getManifest();
      for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
        int slash = entry.getName().lastIndexOf('/');
        if (entry.getName().endsWith(".class") && slash > 0)
          contents.add(entry.getName().substring(0, slash).replace('/', '.'));
      }
      return new Bundle(
          header(manifest, "Bundle-SymbolicName").iterator().next(),
          bytes,
          header(manifest, "Import-Package"),
          header(manifest, "Export-Package"),
          contents);
    }
  }

  /** The names in a manifest header, without their attributes. */
  private static Set<String> header(Manifest manifest, String name) {
    String value = manifest.getMainAttributes().getValue(name);
    Set<String> names = new HashSet<>();
    if (value == null) return names;
    for (String clause : value.replaceAll("\"[^\"]*\"", "").split(","))
      names.add(clause.split(";")[0].strip());
    return names;
  }

  boolean importsAnyOf(String prefix) {
    return imports.stream().anyMatch(name -> name.startsWith(prefix));
  }

  boolean containsAnyOf(String prefix) {
    return contents.stream().anyMatch(name -> name.startsWith(prefix));
  }

  @Override
  public String toString() {
    return name;
  }
}
