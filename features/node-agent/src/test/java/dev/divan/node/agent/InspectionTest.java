// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class InspectionTest {
  private static final String FILE = "dev.divan.database-notes.cfg";
  private static final String MOVES = "moves from store default to store second: 12 %";

  @TempDir Path etc;
  private final List<ServiceReference<?>> services = new ArrayList<>();
  private String uri;

  @BeforeEach
  void configure() throws IOException {
    uri = Files.createFile(etc.resolve(FILE)).toFile().getAbsoluteFile().toURI().toString();
  }

  private static <T> T of(Class<T> type, InvocationHandler answers) {
    return type.cast(
        Proxy.newProxyInstance(
            InspectionTest.class.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private void register(Class<?> type, String property, String value) {
    Map<String, Object> properties =
        Map.of("objectClass", new String[] {type.getName()}, JsonFiles.FILE, uri, property, value);
    services.add(
        of(
            ServiceReference.class,
            (proxy, method, arguments) ->
                method.getName().equals("getPropertyKeys")
                    ? properties.keySet().toArray(String[]::new)
                    : properties.get(arguments[0])));
  }

  /** A component that is active, and registers its services by itself. */
  private List<Fault> look() throws IOException {
    ComponentDescriptionDTO database = new ComponentDescriptionDTO();
    database.configurationPid = new String[] {"dev.divan.database"};
    database.serviceInterfaces = new String[0];
    database.bundle = new BundleDTO();
    ComponentConfigurationDTO instance = new ComponentConfigurationDTO();
    instance.state = ComponentConfigurationDTO.ACTIVE;
    instance.properties = Map.of(JsonFiles.FILE, uri);
    BundleContext context =
        of(
            BundleContext.class,
            (proxy, method, arguments) ->
                method.getName().equals("getBundle") ? null : matching((String) arguments[1]));
    ConfigurationAdmin admin =
        of(
            ConfigurationAdmin.class,
            (proxy, method, arguments) ->
                new Configuration[] {of(Configuration.class, (a, b, c) -> new Hashtable<>())});
    ServiceComponentRuntime runtime =
        of(
            ServiceComponentRuntime.class,
            (proxy, method, arguments) ->
                method.getName().equals("getComponentDescriptionDTOs")
                    ? List.of(database)
                    : List.of(instance));
    return new Inspection(context, admin, runtime, new JsonFiles(admin), etc).faults();
  }

  private Object matching(String filter) throws Exception {
    ServiceReference<?>[] found =
        services.stream()
            .filter(
                each -> {
                  try {
                    return FrameworkUtil.createFilter(filter).match(each);
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                })
            .toArray(ServiceReference<?>[]::new);
    return found.length == 0 ? null : found;
  }

  @Test
  void aMoveOfADatabaseThatWorksIsNoFault() throws Exception {
    register(Object.class, "divan.waiting", MOVES);
    register(Runnable.class, "name", "notes");
    assertEquals(List.of(), look());
  }

  @Test
  void whatWaitsIsAFaultWhetherItWorksOrNot() throws Exception {
    for (String sentence :
        List.of(
            "waits for store (name=second)",
            "port 4984 is in use",
            "stays in store default; it did not move to store second: it is full")) {
      services.clear();
      register(Object.class, "divan.waiting", sentence);
      Fault fault = new Fault(FILE, sentence, Fault.Hope.SOME);
      assertEquals(List.of(fault), look());
      register(Runnable.class, "name", "notes");
      assertEquals(List.of(fault), look());
    }
  }
}
