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
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.testkit.fake.Fake;
import dev.divan.testkit.fake.FakeListener;
import dev.divan.testkit.fake.FakeReplicator;
import dev.divan.testkit.fake.FakeSession;
import dev.divan.testkit.osgi.TestFramework;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

class ManagementTest {
  @TempDir Path directory;
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private TestFramework framework;
  private BundleContext context;
  private Management management;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(directory.resolve("fw"));
    context = framework.context();
    management = new Management(context, server);
  }

  @AfterEach
  void stop() throws Exception {
    management.deactivate();
    assertEquals(Set.of(), names());
    framework.close();
  }

  private <T> ServiceRegistration<T> register(Class<T> type, T service, Object... pairs) {
    return framework.register(type, service, pairs);
  }

  private static FakeReplicator site() {
    return new FakeReplicator(ReplicatorActivityLevel.IDLE, 7, 9);
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
    FakeReplicator site = site();
    var registration = register(Replicator.class, site.replicator, "name", "site-b");
    assertEquals(Set.of("dev.divan:type=Replicator,name=site-b"), names());
    registration.setProperties(TestFramework.properties("name", "b"));
    assertEquals(Set.of("dev.divan:type=Replicator,name=b"), names());
    assertEquals(1, site.listeners.size());
    registration.unregister();
    assertEquals(Set.of(), names());
    assertTrue(site.listeners.isEmpty());
  }

  @Test
  void strangeNamesAreQuotedAndEqualOnesTold() throws Exception {
    register(Replicator.class, site().replicator, "name", "a,b=*?\n\"");
    register(Replicator.class, site().replicator, "name", "twin");
    var twin = register(Replicator.class, site().replicator, "name", "twin");
    var nameless = register(Replicator.class, site().replicator);
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
    FakeReplicator site = site();
    site.pending = Set.of("a", "b");
    site.openWork = List.of("answer to rev 7");
    register(Replicator.class, site.replicator, "name", "site-b");
    String name = "dev.divan:type=Replicator,name=site-b";
    StringBuilder all = new StringBuilder();
    for (MBeanAttributeInfo info : server.getMBeanInfo(new ObjectName(name)).getAttributes()) {
      assertInstanceOf(
          OpenType.class, info.getDescriptor().getFieldValue("openType"), info.getName());
      Object value = attribute(name, info.getName());
      all.append(value instanceof Object[] array ? Arrays.toString(array) : value).append('\n');
    }
    assertFalse(all.toString().contains(FakeReplicator.SECRET), all.toString());
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

  private static FakeListener listener() {
    return new FakeListener(new URLEndpointListenerConfiguration(Set.of(Fake.collection("notes"))));
  }

  @Test
  void theSessionsOfAListenerAreATable() throws Exception {
    FakeListener lan = listener();
    for (String address : List.of("10.0.0.7:1", "loopback", "loopback")) {
      PeerContext peer = new PeerContext("sha256:ab", address, "tablet", Set.of("staff", "field"));
      lan.enters(new FakeSession(peer, Instant.EPOCH).session);
    }
    register(URLEndpointListener.class, lan.listener, "name", "lan", "authenticator", "staff");
    String name = "dev.divan:type=Listener,name=lan";
    TabularData table = (TabularData) attribute(name, "Sessions");
    assertEquals(3, table.size());
    assertTrue(table.containsKey(new Object[] {"loopback #2"}));
    CompositeData row = (CompositeData) table.get(new Object[] {"10.0.0.7:1"}).get("value");
    assertEquals("tablet", row.get("principal"));
    assertArrayEquals(new String[] {"field", "staff"}, (String[]) row.get("roles"));
    assertEquals(4000L, row.get("bytesReceived"));
    assertEquals("staff", attribute(name, "Authenticator"));
    assertEquals(false, attribute(name, "AuthenticatorPresent"));
    assertEquals(3, attribute(name, "Connections"));
    assertNull(attribute(name, "Fingerprint"));
  }

  @Test
  void aListenerIsStoppedAndStarted() throws Exception {
    FakeListener lan = listener();
    register(URLEndpointListener.class, lan.listener, "name", "lan");
    ObjectName name = new ObjectName("dev.divan:type=Listener,name=lan");
    server.invoke(name, "stop", null, null);
    server.invoke(name, "start", null, null);
    assertEquals(List.of("stop", "start"), lan.calls);
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
    FakeReplicator site = site();
    var held = register(Replicator.class, site.replicator, "name", "held");
    for (int i = 0; i < 50; i++) {
      var registration = register(Replicator.class, site.replicator, "name", "site-b");
      var listener = register(URLEndpointListener.class, listener().listener, "name", "lan");
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
