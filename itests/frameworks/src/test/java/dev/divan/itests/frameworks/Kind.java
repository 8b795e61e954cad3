// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** Whose framework it is. Each has a class loader of its own, but shares the API of OSGi. */
enum Kind {
  FELIX("felix.jar", "org.apache.felix.framework.FrameworkFactory"),
  EQUINOX("equinox.jar", "org.eclipse.osgi.launch.EquinoxFactory");

  private final Path jar;
  private final String factory;

  Kind(String jar, String factory) {
    this.jar = Path.of("target", "frameworks", jar);
    this.factory = factory;
  }

  // The loader lives as long as the framework does; nobody else knows it.
  @SuppressWarnings("resource")
  Framework framework(Map<String, String> properties) {
    try {
      ClassLoader loader =
          new URLClassLoader(new URL[] {jar.toUri().toURL()}, Kind.class.getClassLoader());
      Class<?> type = loader.loadClass(factory);
      return ((FrameworkFactory) type.getConstructor().newInstance()).newFramework(properties);
    } catch (MalformedURLException | ReflectiveOperationException e) {
      throw new IllegalStateException("no framework in " + jar, e);
    }
  }
}
