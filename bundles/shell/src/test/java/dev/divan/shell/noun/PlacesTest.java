// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import static dev.divan.shell.node.FakeNode.pairs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Collection;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.URLEndpoint;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.Completion;
import dev.divan.shell.node.FakeNode;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.fake.Fake;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is offered at each place of our commands, from the usage to the node. */
class PlacesTest {
  private final LocalDatabase notes = new LocalDatabase("notes", new MemoryStore());
  private final FakeNode node = new FakeNode();
  private final Completion completion = new Completion(Places.ALL, () -> node);
  private final List<Command> commands =
      Stream.of(
              DatabaseCommands.all(),
              DocumentCommands.all(),
              ChangeCommands.all(),
              ListenerCommands.all(),
              ReplicatorCommands.all(),
              IdentityCommands.all(),
              TopCommands.all(),
              DoctorCommands.all())
          .flatMap(List::stream)
          .toList();

  @BeforeEach
  void furnish() {
    node.with(notes, "name", "notes").with(notes, "name", "my other notes").with(notes);
    for (String id : List.of("a", "airport", "airline", "b", "--force", "turned\u202eround"))
      notes.getDefaultCollection().save(new MutableDocument(id));
    notes.createCollection("flights", "inventory").save(new MutableDocument("LH 454"));
  }

  @AfterEach
  void close() {
    notes.close();
  }

  /** The last of the words, in single blanks, is the one being typed. */
  private List<String> complete(String line) {
    List<String> words = Arrays.asList(line.split(" ", -1));
    return completion.of(
        command(words.get(0)), words.subList(1, words.size() - 1), words.get(words.size() - 1));
  }

  @Test
  void aDatabaseIsOneOfThoseThatAreThere() {
    assertEquals(List.of("my other notes", "notes"), complete("db-info "));
    assertEquals(List.of("notes"), complete("doc-get no"));
    assertEquals(List.of(), complete("doc-get No"));
    assertTrue(node.closed);
  }

  @Test
  void aDocumentIsOfTheDatabaseAndCollectionInFrontOfIt() {
    assertEquals(List.of("airline", "airport"), complete("doc-get notes ai"));
    assertEquals(List.of("LH 454"), complete("doc-get notes --collection inventory.flights "));
    assertEquals(List.of(), complete("doc-get notes zz"));
    assertEquals(List.of(), complete("doc-get nowhere "));
    assertEquals(List.of(), complete("doc-get notes --collection nothing "));
  }

  @Test
  void whatNobodyCouldTypeIsNotOffered() {
    assertEquals(List.of("a", "airline", "airport", "b"), complete("doc-delete notes "));
  }

  @Test
  void ofManyDocumentsTheFirstFiftyThatBeginSoAreOffered() {
    Collection documents = notes.getDefaultCollection();
    for (int i = 100; i < 300; i++) documents.save(new MutableDocument("n" + i));
    List<String> offered = complete("doc-get notes n");
    assertEquals(Completion.MOST, offered.size());
    assertEquals("n100", offered.get(0));
    assertEquals("n149", offered.get(49));
    assertEquals(List.of("n299"), complete("doc-get notes n299"));
  }

  @Test
  void optionsAreOfferedWhenOneIsBegunAndWhereNothingElseIsNeeded() {
    assertEquals(List.of("--collection", "--force", "--help"), complete("doc-delete notes a -"));
    assertEquals(List.of("--force"), complete("doc-delete --f"));
    assertEquals(List.of("--collection"), complete("doc-delete notes a --force "));
    assertEquals(List.of("--every"), complete("top "));
    assertEquals(List.of(), complete("top --every "));
    assertEquals(List.of("--help"), complete("db-list -"));
    assertEquals(List.of(), complete("db-list "));
    assertTrue(complete("doctor wss://h:1/x --p").contains("--password-file"));
  }

  @Test
  void aCollectionIsOfTheDatabase() {
    assertEquals(List.of("inventory.flights"), complete("changes notes --collection inv"));
    assertEquals(2, complete("changes notes --collection ").size());
    assertEquals(List.of(), complete("changes --collection "));
  }

  @Test
  void aListenerIsOneThatWorksOrIsConfigured() {
    node.with(Fakes.listener(notes).listener, "name", "lan");
    node.configurations.add(
        pairs(
            "service.factoryPid",
            "dev.divan.listener",
            "service.pid",
            "dev.divan.listener~wan",
            "name",
            "wan"));
    assertEquals(List.of("lan", "wan"), complete("listener-start "));
  }

  @Test
  void aReplicatorIsOneOfThoseThatAreThere() {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(URLEndpoint.of("wss://h:1/notes"));
    AtomicReference<ReplicatorStatus> status = new AtomicReference<>();
    node.with(Fakes.replicator(configuration, status, new ArrayList<>()), "name", "hq");
    for (String command : List.of("replicator-show ", "replicator-start ", "doctor "))
      assertEquals(List.of("hq"), complete(command));
    assertEquals(List.of("--reset"), complete("replicator-start hq "));
  }

  @Test
  void anIdentityIsOneThatIsShownOrKept() {
    node.with(
        Fake.of(
            TLSIdentity.class,
            new Object() {
              String getLabel() {
                return "company";
              }
            }));
    node.with(
        Fake.of(
            TLSIdentities.class,
            new Object() {
              List<String> labels() {
                return List.of("anonymous", "company");
              }
            }));
    assertEquals(List.of("anonymous", "company"), complete("identity-show "));
    assertEquals(List.of("--force"), complete("identity-delete company "));
  }

  @Test
  void whatFailsOffersNothing() {
    Completion broken =
        new Completion(
            Places.ALL,
            () -> {
              throw new IllegalStateException("no node");
            });
    assertEquals(List.of(), broken.of(command("doc-delete"), List.of("notes"), ""));
    assertEquals(
        List.of("--force"),
        broken.of(command("doc-delete"), List.of("notes"), "--f"),
        "what needs no node is offered");
    notes.close();
    assertEquals(List.of(), complete("doc-get notes "), "it is closed");
  }

  private Command command(String name) {
    return commands.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
