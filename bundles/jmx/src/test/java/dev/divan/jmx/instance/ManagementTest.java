// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.instance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.jmx.Fake;
import dev.divan.jmx.Site;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.TabularData;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

class ManagementTest {
  @TempDir Path directory;
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private Framework framework;
  private BundleContext context;
  private Management management;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, directory.resolve("fw").toString()));
    framework.start();
    context = framework.getBundleContext();
    management = new Management(context, server);
  }

  @AfterEach
  void stop() throws Exception {
    management.deactivate();
    assertEquals(Set.of(), names());
    framework.stop();
    framework.waitForStop(10_000);
  }

  private <T> ServiceRegistration<T> register(Class<T> type, T service, Object... pairs) {
    return context.registerService(type, service, properties(pairs));
  }

  private static Hashtable<String, Object> properties(Object... pairs) {
    Hashtable<String, Object> properties = new Hashtable<>();
    for (int i = 0; i < pairs.length; i += 2) properties.put((String) pairs[i], pairs[i + 1]);
    return properties;
  }

  private Set<String> names() throws Exception {
    Set<String> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(new ObjectName("dev.divan:*"), null))
      names.add(name.toString());
    return names;
  }

  private Object attribute(String name, String attribute) throws Exception {
    return server.getAttribute(new ObjectName(name), attribute);
  }

  @Test
  void aBeanComesAndGoesWithItsServiceAndFollowsItsName() throws Exception {
    Site site = new Site();
    var registration = register(Replicator.class, site.replicator, "name", "site-b");
    assertEquals(Set.of("dev.divan:type=Replicator,name=site-b"), names());
    registration.setProperties(properties("name", "b"));
    assertEquals(Set.of("dev.divan:type=Replicator,name=b"), names());
    assertEquals(1, site.listeners.size());
    registration.unregister();
    assertEquals(Set.of(), names());
    assertTrue(site.listeners.isEmpty());
  }

  @Test
  void strangeNamesAreQuotedAndEqualOnesTold() throws Exception {
    register(Replicator.class, new Site().replicator, "name", "a,b=*?\n\"");
    register(Replicator.class, new Site().replicator, "name", "twin");
    var twin = register(Replicator.class, new Site().replicator, "name", "twin");
    var nameless = register(Replicator.class, new Site().replicator);
    String prefix = "dev.divan:type=Replicator,name=";
    assertEquals(
        Set.of(
            prefix + ObjectName.quote("a,b=*?\n\""),
            prefix + "twin",
            prefix + "twin,service=" + twin.getReference().getProperty(Constants.SERVICE_ID),
            prefix + nameless.getReference().getProperty(Constants.SERVICE_ID)),
        names());
    twin.unregister();
    assertEquals(3, names().size());
  }

  @Test
  void aReplicatorIsShownInOpenTypesAndWithoutItsSecrets() throws Exception {
    register(Replicator.class, new Site().replicator, "name", "site-b");
    String name = "dev.divan:type=Replicator,name=site-b";
    StringBuilder all = new StringBuilder();
    for (MBeanAttributeInfo info : server.getMBeanInfo(new ObjectName(name)).getAttributes()) {
      assertInstanceOf(
          OpenType.class, info.getDescriptor().getFieldValue("openType"), info.getName());
      Object value = attribute(name, info.getName());
      all.append(value instanceof Object[] array ? Arrays.toString(array) : value).append('\n');
    }
    assertFalse(all.toString().contains("geheim"), all.toString());
    assertEquals("IDLE", attribute(name, "Activity"));
    assertEquals("wss://b:4984/notes", attribute(name, "Url"));
    assertEquals("notes", attribute(name, "Database"));
    assertEquals(7L, attribute(name, "Completed"));
    assertEquals(9L, attribute(name, "Total"));
    assertEquals(2, attribute(name, "Pending"));
    assertNull(attribute(name, "LastError"));
    assertArrayEquals(new String[] {"answer to rev 7"}, (String[]) attribute(name, "OpenWork"));
    server.invoke(new ObjectName(name), "resetCheckpoint", null, null);
    assertEquals("STOPPED", attribute(name, "Activity"));
  }

  private static PassiveSession session(String address) {
    return Fake.of(
        PassiveSession.class,
        new Object() {
          PeerContext peer() {
            return new PeerContext("sha256:ab", address, "tablet", Set.of("staff", "field"));
          }

          Instant since() {
            return Instant.EPOCH;
          }

          boolean busy() {
            return true;
          }

          long sent() {
            return 3;
          }

          long received() {
            return 4;
          }

          long bytesSent() {
            return 300;
          }

          long bytesReceived() {
            return 400;
          }
        });
  }

  private static URLEndpointListener listener(List<PassiveSession> sessions) {
    URLEndpointListenerConfiguration configuration =
        new URLEndpointListenerConfiguration(Set.of(Site.collection("notes")));
    return Fake.of(
        URLEndpointListener.class,
        new Object() {
          URLEndpointListenerConfiguration getConfiguration() {
            return configuration;
          }

          int getPort() {
            return 4984;
          }

          List<URI> getUrls() {
            return List.of(URI.create("wss://10.0.0.2:4984/notes"));
          }

          ConnectionStatus getStatus() {
            return new ConnectionStatus(sessions.size(), 1);
          }

          List<PassiveSession> getSessions() {
            return sessions;
          }

          TLSIdentity getTlsIdentity() {
            return null;
          }
        });
  }

  @Test
  void theSessionsOfAListenerAreATable() throws Exception {
    register(
        URLEndpointListener.class,
        listener(List.of(session("10.0.0.7:1"), session("loopback"), session("loopback"))),
        "name",
        "lan",
        "authenticator",
        "staff");
    String name = "dev.divan:type=Listener,name=lan";
    TabularData table = (TabularData) attribute(name, "Sessions");
    assertEquals(3, table.size());
    assertTrue(table.containsKey(new Object[] {"loopback #2"}));
    CompositeData row = (CompositeData) table.get(new Object[] {"10.0.0.7:1"}).get("value");
    assertEquals("tablet", row.get("principal"));
    assertArrayEquals(new String[] {"field", "staff"}, (String[]) row.get("roles"));
    assertEquals(400L, row.get("bytesReceived"));
    assertEquals("staff", attribute(name, "Authenticator"));
    assertEquals(false, attribute(name, "AuthenticatorPresent"));
    assertEquals(3, attribute(name, "Connections"));
    assertNull(attribute(name, "Fingerprint"));
  }

  @Test
  void aDatabaseIsShownByCollection() throws Exception {
    UUID uuid = UUID.randomUUID();
    Collection items =
        Fake.of(
            Collection.class,
            new Object() {
              long getCount() {
                return 12;
              }

              long getLastSequence() {
                return 34;
              }
            });
    Database notes =
        Fake.of(
            Database.class,
            new Object() {
              String getName() {
                return "notes";
              }

              UUID getUuid() {
                return uuid;
              }

              List<String> getCollectionNames() {
                return List.of("shop.items");
              }

              Collection getCollection(String name, String scope) {
                return name.equals("items") && scope.equals("shop") ? items : null;
              }

              int compact() {
                return 5;
              }
            });
    register(Database.class, notes, "name", "notes");
    String name = "dev.divan:type=Database,name=notes";
    Object[] key = {"shop.items"};
    assertEquals(12L, ((TabularData) attribute(name, "Documents")).get(key).get("value"));
    assertEquals(34L, ((TabularData) attribute(name, "LastSequences")).get(key).get("value"));
    assertEquals(uuid.toString(), attribute(name, "Uuid"));
    assertEquals(5, server.invoke(new ObjectName(name), "compact", null, null));
  }

  @Test
  void nothingIsLeftAfterFiftyComingsAndGoings() throws Exception {
    Site site = new Site();
    var held = register(Replicator.class, site.replicator, "name", "held");
    for (int i = 0; i < 50; i++) {
      var registration = register(Replicator.class, site.replicator, "name", "site-b");
      var listener = register(URLEndpointListener.class, listener(List.of()), "name", "lan");
      assertEquals(3, names().size());
      if (i % 2 == 0) registration.unregister();
      management.deactivate();
      assertEquals(Set.of(), names());
      assertTrue(site.listeners.isEmpty());
      assertNull(held.getReference().getUsingBundles());
      if (i % 2 != 0) registration.unregister();
      listener.unregister();
      management = new Management(context, server);
    }
    assertEquals(1, names().size());
    held.unregister();
  }
}
