// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.karaf;

import static dev.divan.itests.exam.karaf.Client.ADMITTED;
import static dev.divan.itests.exam.karaf.Client.UNAUTHORIZED;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.ReplicatorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.inject.Inject;
import org.junit.Test;
import org.ops4j.pax.exam.util.Filter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/** What the files in etc ask for is there, and more comes while Karaf runs. */
public class KarafTest extends InKaraf {
  private static final String SERIAL_NUMBER = "SN-0815";
  private static final String PASSWORD =
      "655ed5be8f8f96ee2d4c79a0bc70312cb7c6137a3b190f79743a30b519c8d431";

  @Inject private BundleContext context;
  @Inject private ConfigurationAdmin configurations;
  @Inject private ReplicatorFactory replicators;

  @Inject
  @Filter("(name=field)")
  private Database field;

  @Inject
  @Filter("(name=copy)")
  private Database copy;

  @Inject
  @Filter("(name=lan)")
  private URLEndpointListener lan;

  @Test
  public void twoDatabasesOnDiskAreKeptAlikeOverTLS() throws Exception {
    save(field, "a", "from the field");
    save(copy, "b", "from the copy");

    Await.that("a in the copy", () -> has(copy, "a", "from the field"));
    Await.that("b in the field", () -> has(field, "b", "from the copy"));
  }

  @Test
  public void aConditionTellsThatTheyAreInSyncAndThePrinterIsThereForSupport() throws Exception {
    Await.that(
        "in sync",
        () ->
            isThere(
                "org.osgi.service.condition.Condition",
                "(&(osgi.condition.id=divan.insync)(replicator=lan))"));
    Await.that(
        "a printer",
        () ->
            isThere(
                "org.apache.felix.inventory.InventoryPrinter",
                "(felix.inventory.printer.name=divan)"));
  }

  @Test
  public void theAuthenticatorOfSomebodyElsesBundleJudges() throws Exception {
    assertEquals(ADMITTED, login(lan, SERIAL_NUMBER, PASSWORD));
    assertEquals(UNAUTHORIZED, login(lan, "SN-0816", PASSWORD));
  }

  @Test
  public void karafsOwnUsersComeInOnceConfigurationAdminSaysSo() throws Exception {
    Configuration door = configure("dev.divan.listener", "door", door("trucks"));
    Configuration karaf =
        configure(
            "dev.divan.listener.auth.jaas",
            "karaf",
            Map.of("realm", "karaf", "requiredRole", "sync"));
    service(ListenerAuthenticator.class, "(name=karaf)");
    URLEndpointListener listener = service(URLEndpointListener.class, "(name=door)");
    assertEquals(UNAUTHORIZED, login(listener, "ann", "sunshine"));

    door.update(new Hashtable<>(door("karaf")));
    service(URLEndpointListener.class, "(name=door)(authenticator=karaf)");

    assertEquals(ADMITTED, login(listener, "ann", "sunshine"));
    assertEquals("has not that role", UNAUTHORIZED, login(listener, "bob", "moonlight"));
    assertEquals("is no user", UNAUTHORIZED, login(listener, SERIAL_NUMBER, PASSWORD));
    door.delete();
    karaf.delete();
  }

  @Test
  public void aFileThatComesIsADatabaseAndWhenItGoesTheDatabaseIsGone() throws Exception {
    Path file = Path.of(System.getProperty("karaf.etc"), "dev.divan.database-late.cfg");
    Files.writeString(file, "collections = shop.items\n");
    Database late = service(Database.class, "(name=late)");
    Await.that("its collection", () -> late.getCollectionNames().contains("shop.items"));

    Await.that(
        "the database gone",
        () -> {
          // more than once: Karaf writes a new configuration back, and may be about to
          Files.deleteIfExists(file);
          return context.getServiceReferences(Database.class, "(name=late)").isEmpty();
        });
  }

  @Test
  public void theEventAdminTellsWhoCameIn() throws Exception {
    BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
    ServiceRegistration<EventHandler> handler =
        context.registerService(
            EventHandler.class,
            heard::add,
            new Hashtable<>(
                Map.of(
                    EventConstants.EVENT_TOPIC,
                    "dev/divan/peer/CONNECTED",
                    EventConstants.EVENT_FILTER,
                    "(listener=lan)")));
    login(lan, SERIAL_NUMBER, PASSWORD);

    Event event = heard.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertNotNull(event);
    assertEquals(SERIAL_NUMBER, event.getProperty("principal"));
    handler.unregister();
  }

  private static Map<String, Object> door(String authenticator) {
    return Map.of(
        "database", "field", "networkInterface", "127.0.0.1", "authenticator", authenticator);
  }

  private Configuration configure(String pid, String name, Map<String, Object> properties)
      throws Exception {
    Configuration configuration = configurations.getFactoryConfiguration(pid, name, "?");
    configuration.update(new Hashtable<>(properties));
    return configuration;
  }

  private <T> T service(Class<T> type, String filter) throws Exception {
    return Await.service(context, type, filter);
  }

  /** Of whosever class that is: the test itself has no need of it. */
  private boolean isThere(String type, String filter) throws Exception {
    return context.getAllServiceReferences(type, filter) != null;
  }

  private int login(URLEndpointListener listener, String username, String password)
      throws Exception {
    return new Client(replicators, copy.getDefaultCollection()).login(listener, username, password);
  }

  private static void save(Database database, String id, String text) {
    database.getDefaultCollection().save(new MutableDocument(id).setString("text", text));
  }

  private static boolean has(Database database, String id, String text) {
    Document document = database.getDefaultCollection().getDocument(id);
    return document != null && text.equals(document.getString("text"));
  }
}
