// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A node's management beans, as a console on the same machine sees them. */
final class LiveBeans implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;

  LiveBeans(Path home) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(pid(home)));
    try {
      connector =
          JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
    } finally {
      machine.detach();
    }
    server = connector.getMBeanServerConnection();
  }

  private static long pid(Path home) {
    return ProcessHandle.current()
        .children()
        .filter(
            child ->
                child
                    .info()
                    .arguments()
                    .map(arguments -> Arrays.asList(arguments).contains(home.toString()))
                    .orElse(false))
        .findFirst()
        .orElseThrow()
        .pid();
  }

  /** SHA-256 of an identity's certificate. */
  String fingerprint(String label) throws Exception {
    return String.valueOf(
        server.getAttribute(
            new ObjectName("dev.divan:type=Identity,name=" + label), "Fingerprint"));
  }

  /** Who is connected by TLS, and since when: the same words are the same connection. */
  Set<String> sessions() throws Exception {
    Set<String> sessions = new TreeSet<>();
    for (ObjectName listener :
        server.queryNames(new ObjectName("dev.divan:type=Listener,*"), null)) {
      try {
        if (!(Boolean) server.getAttribute(listener, "Tls")) continue;
        TabularData table = (TabularData) server.getAttribute(listener, "Sessions");
        for (CompositeData row : rows(table)) sessions.add(words(row));
      } catch (JMException e) {
        // it has gone meanwhile; the caller looks again
      }
    }
    return sessions;
  }

  @SuppressWarnings("unchecked") // says TabularData of its values
  private static Collection<CompositeData> rows(TabularData table) {
    return (Collection<CompositeData>) table.values();
  }

  private static String words(CompositeData row) {
    CompositeData session = (CompositeData) row.get("value");
    return session.get("address") + " since " + ((java.util.Date) session.get("since")).getTime();
  }

  @Override
  public void close() throws Exception {
    connector.close();
  }
}
