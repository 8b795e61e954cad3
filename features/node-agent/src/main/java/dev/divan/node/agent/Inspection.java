// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import dev.divan.instance.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Walks through Divan's configuration files and finds out what became of each. */
final class Inspection {
  /** Set by the framework, File Install or Declarative Services on every configuration. */
  private static final List<String> ADDED = List.of("service.", "felix.", "component.", "name");

  private static final String NOT_STARTED = "has not started yet";

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final ServiceComponentRuntime runtime;
  private final JsonFiles json;
  private final Path etc;

  Inspection(
      BundleContext context,
      ConfigurationAdmin admin,
      ServiceComponentRuntime runtime,
      JsonFiles json,
      Path etc) {
    this.context = context;
    this.admin = admin;
    this.runtime = runtime;
    this.json = json;
    this.etc = etc;
  }

  /** In the order of the files' names; empty if all is well. */
  List<Fault> faults() throws IOException {
    Map<String, List<ComponentDescriptionDTO>> components = components();
    List<Fault> faults = new ArrayList<>();
    for (ConfigurationFile file : files()) examine(file, components, faults);
    return faults;
  }

  private void examine(
      ConfigurationFile file,
      Map<String, List<ComponentDescriptionDTO>> components,
      List<Fault> faults)
      throws IOException {
    String refused = json.refused().get(file.file());
    if (file.misnamed()) faults.add(fault(file, Wording.misnamed(file)));
    else if (!components.containsKey(file.pid()))
      faults.add(fault(file, Wording.unknownPid(file.pid(), components.keySet())));
    else if (refused != null) faults.add(fault(file, refused));
    else {
      String uri = etc.resolve(file.file()).toFile().getAbsoluteFile().toURI().toString();
      Configuration configuration = configuration(uri);
      if (configuration == null)
        faults.add(new Fault(file.file(), "cannot be read; the log says why", Fault.Hope.SOME));
      else {
        checkProperties(file, configuration, components.get(file.pid()), faults);
        checkComponents(file, uri, components.get(file.pid()), faults);
      }
    }
  }

  private void checkProperties(
      ConfigurationFile file,
      Configuration configuration,
      List<ComponentDescriptionDTO> components,
      List<Fault> faults) {
    Set<String> known = new TreeSet<>();
    for (ComponentDescriptionDTO component : components) {
      var bundle = context.getBundle(component.bundle.id);
      if (bundle == null) continue;
      known.addAll(PropertyNames.of(bundle).getOrDefault(file.pid(), Set.of()));
    }
    if (known.isEmpty() || configuration.getProperties() == null) return;
    for (String property : Collections.list(configuration.getProperties().keys()))
      if (!known.contains(property)
          && !property.endsWith(".target")
          && ADDED.stream().noneMatch(property::startsWith))
        faults.add(fault(file, Wording.unknownProperty(property, known)));
  }

  private void checkComponents(
      ConfigurationFile file,
      String uri,
      List<ComponentDescriptionDTO> components,
      List<Fault> faults) {
    boolean taken = false;
    for (ComponentDescriptionDTO component : components)
      for (ComponentConfigurationDTO instance : runtime.getComponentConfigurationDTOs(component)) {
        if (!uri.equals(instance.properties.get(JsonFiles.FILE))) continue;
        taken = true;
        Object pid = instance.properties.get("service.pid");
        switch (instance.state) {
          case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
              faults.add(
                  new Fault(
                      file.file(),
                      Wording.waiting(component.references, instance.unsatisfiedReferences),
                      Fault.Hope.SOME));
          case ComponentConfigurationDTO.FAILED_ACTIVATION ->
              faults.add(fault(file, Wording.failure(file, instance.failure)));
          case ComponentConfigurationDTO.SATISFIED -> {
            if (component.immediate)
              faults.add(new Fault(file.file(), NOT_STARTED, Fault.Hope.FULL));
          }
          default -> checkServices(file, uri, pid, component, faults);
        }
      }
    if (!taken) faults.add(new Fault(file.file(), "has not been taken up", Fault.Hope.FULL));
  }

  /** Of a component that is active: it may have refused its configuration, or wait by itself. */
  private void checkServices(
      ConfigurationFile file,
      String uri,
      Object pid,
      ComponentDescriptionDTO component,
      List<Fault> faults) {
    ServiceReference<?> refused = service("(" + Notice.REFUSED + "=*)", uri, pid);
    ServiceReference<?> waiting = service("(" + Notice.WAITING + "=*)", uri, pid);
    if (refused != null) {
      String sentence = String.valueOf(refused.getProperty(Notice.REFUSED));
      faults.add(fault(file, Wording.refused(file, refused.getProperty("name"), sentence)));
    } else if (waiting != null) {
      String sentence = String.valueOf(waiting.getProperty(Notice.WAITING));
      if (!Wording.isProgress(sentence) || !inService(uri, pid))
        faults.add(new Fault(file.file(), sentence, Fault.Hope.SOME));
    } else if (component.serviceInterfaces.length == 0 && !inService(uri, pid)) {
      // These register their services by themselves, once they have what they need.
      faults.add(new Fault(file.file(), Wording.NOT_IN_SERVICE, Fault.Hope.SOME));
    }
  }

  /** Whether there is more than a notice. */
  private boolean inService(String uri, Object pid) {
    return service("(!(objectClass=" + Object.class.getName() + "))", uri, pid) != null;
  }

  /** One of those that belong to a configuration. */
  private @Nullable ServiceReference<?> service(String which, String uri, Object pid) {
    try {
      String filter =
          "(&%s(|(%s=%s)(service.pid=%s)))"
              .formatted(which, JsonFiles.FILE, escape(uri), escape(String.valueOf(pid)));
      ServiceReference<?>[] found = context.getAllServiceReferences(null, filter);
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, List<ComponentDescriptionDTO>> components() {
    Map<String, List<ComponentDescriptionDTO>> components = new HashMap<>();
    Collection<ComponentDescriptionDTO> all = runtime.getComponentDescriptionDTOs();
    for (ComponentDescriptionDTO component : all)
      for (String pid : component.configurationPid)
        if (pid.startsWith(ConfigurationFile.PREFIX))
          components.computeIfAbsent(pid, p -> new ArrayList<>()).add(component);
    return components;
  }

  private List<ConfigurationFile> files() throws IOException {
    List<ConfigurationFile> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(etc)) {
      files
          .map(file -> file.getFileName().toString())
          .sorted()
          .map(ConfigurationFile::of)
          .forEach(
              file -> {
                if (file != null) found.add(file);
              });
    }
    return found;
  }

  private Configuration configuration(String uri) throws IOException {
    try {
      Configuration[] found =
          admin.listConfigurations("(" + JsonFiles.FILE + "=" + escape(uri) + ")");
      return found == null ? null : found[0];
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("*", "\\*").replace("(", "\\(").replace(")", "\\)");
  }

  private static Fault fault(ConfigurationFile file, String sentence) {
    return new Fault(file.file(), sentence, Fault.Hope.NONE);
  }
}
