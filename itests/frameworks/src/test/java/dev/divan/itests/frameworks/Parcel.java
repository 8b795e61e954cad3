// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;

/** A small bundle packed on the fly: an activator, what it imports, and jars it carries within. */
final class Parcel {
  /** How the names of all begin. */
  static final String PREFIX = "itest.";

  private static final String OUTSIDE_QUOTES = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";
  private static final Path CLASSES = Path.of("target", "test-classes");

  private final Class<? extends BundleActivator> activator;
  private final List<Class<?>> further = new ArrayList<>();
  private final Map<String, String> imports = new LinkedHashMap<>();
  private final List<Path> carried = new ArrayList<>();

  Parcel(Class<? extends BundleActivator> activator) {
    this.activator = activator;
    importing("org.osgi.framework");
  }

  Parcel importing(String... packages) {
    for (String each : packages) imports.put(each, each);
    return this;
  }

  /** Another class of the tests. */
  Parcel with(Class<?> type) {
    further.add(type);
    return this;
  }

  /** A bundle's jar as a library: what it imports is imported by this one. */
  Parcel carrying(Path jar) throws IOException {
    carried.add(jar);
    try (JarFile file = new JarFile(jar.toFile())) {
      String header = file.getManifest().getMainAttributes().getValue(Constants.IMPORT_PACKAGE);
      for (String clause : header.split(OUTSIDE_QUOTES))
        imports.putIfAbsent(clause.split(";", 2)[0], clause);
    }
    return this;
  }

  String name() {
    return PREFIX + activator.getSimpleName();
  }

  byte[] jar() throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name());
    headers.putValue(Constants.BUNDLE_ACTIVATOR, activator.getName());
    headers.putValue(Constants.IMPORT_PACKAGE, String.join(",", imports.values()));
    headers.putValue(
        Constants.BUNDLE_CLASSPATH,
        String.join(
            ",", Stream.concat(Stream.of("."), carried.stream().map(Parcel::entry)).toList()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Path each : classes()) add(jar, CLASSES.relativize(each).toString(), each);
      for (Path each : carried) add(jar, entry(each), each);
    }
    return bytes.toByteArray();
  }

  private static String entry(Path jar) {
    return jar.getFileName().toString();
  }

  private List<Path> classes() throws IOException {
    List<Path> files = new ArrayList<>(classes(activator));
    for (Class<?> each : further) files.addAll(classes(each));
    return files;
  }

  /** Its file and those of its nested classes. */
  private static List<Path> classes(Class<?> type) throws IOException {
    Path folder = CLASSES.resolve(type.getPackageName().replace('.', '/'));
    String own = type.getSimpleName();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(own + "(\\$.*)?\\.class"))
          .toList();
    }
  }

  private static void add(JarOutputStream jar, String name, Path file) throws IOException {
    jar.putNextEntry(new JarEntry(name.replace('\\', '/')));
    Files.copy(file, jar);
    jar.closeEntry();
  }
}
