// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import static dev.divan.shell.node.FakeNode.pairs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.auth.PasswordHashing;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.replicator.URLEndpoint;
import dev.divan.shell.command.Command;
import dev.divan.shell.command.CommandFailed;
import dev.divan.shell.command.FakeConsole;
import dev.divan.shell.command.Runner;
import dev.divan.shell.node.FakeNode;
import dev.divan.store.memory.MemoryStore;
import dev.divan.testkit.fake.Fake;
import dev.divan.testkit.fake.FakeListener;
import dev.divan.testkit.fake.FakeSession;
import dev.divan.tls.IdentityInUseException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NounTest {
  private static final String SECRET = "s3cret-4711";

  @TempDir private Path directory;
  private final LocalDatabase notes = new LocalDatabase("notes", new MemoryStore());
  private final FakeNode node = new FakeNode();
  private final List<String> calls = new ArrayList<>();
  private final FakeListener lan = Fakes.listener(notes);
  private final FakeSession client =
      new FakeSession(
          new PeerContext("phone-7", "10.0.0.7:5", "anna", Set.of()),
          Instant.now().minusSeconds(130));
  private final AtomicReference<ReplicatorStatus> status =
      new AtomicReference<>(
          new ReplicatorStatus(
              ReplicatorActivityLevel.OFFLINE,
              new ReplicatorProgress(3, 10),
              new ReplicatorException(
                  ReplicatorException.Domain.NETWORK, 19, true, "nobody listens at h:1", null)));

  @BeforeEach
  void furnish() {
    lan.enters(client.session);
    node.with(notes, "name", "notes", "store", "memory");
    node.with(lan.listener, "name", "lan", "database.name", "notes", "authenticator", "staff");
    node.with(
        Fakes.replicator(
            new ReplicatorConfiguration(URLEndpoint.of("wss://h:1/notes"))
                .addCollection(notes.getDefaultCollection())
                .setContinuous(true)
                .setHeaders(Map.of("Cookie", SECRET))
                .setAuthenticator(new BasicAuthenticator("tablet", SECRET.toCharArray())),
            status,
            calls),
        "name",
        "hq",
        "database.name",
        "notes",
        "authenticator",
        "gateway");
    node.notices.add(
        pairs(
            "name",
            "archive",
            "service.pid",
            "dev.divan.database~archive",
            "service.factoryPid",
            "dev.divan.database",
            "divan.waiting",
            "waits for store (name=nas)"));
    node.configurations.add(
        pairs(
            "service.pid",
            "dev.divan.auth.basic~gateway",
            "username",
            "tablet",
            ".password",
            SECRET,
            "password",
            SECRET));
  }

  @AfterEach
  void close() {
    notes.close();
  }

  private static Command command(String name) {
    return Stream.of(
            DatabaseCommands.all(),
            DocumentCommands.all(),
            ChangeCommands.all(),
            ListenerCommands.all(),
            ReplicatorCommands.all(),
            PeerCommands.all(),
            IdentityCommands.all(),
            PasswordCommands.all(),
            TopCommands.all(),
            DoctorCommands.all(),
            StatusCommands.all())
        .flatMap(List::stream)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String run(FakeConsole console, String name, String... words) {
    new Runner(() -> node).run(command(name), List.of(words), console);
    return console.text();
  }

  private String run(String name, String... words) {
    return run(new FakeConsole(), name, words);
  }

  private String failure(String name, String... words) {
    return assertThrows(CommandFailed.class, () -> run(name, words)).getMessage();
  }

  private static void assertLine(String text, String regex) {
    assertTrue(text.lines().anyMatch(line -> line.strip().matches(regex)), regex + "\n" + text);
  }

  @Test
  void databasesAreListedWithThoseThatWait() {
    notes.getDefaultCollection().save(new MutableDocument("a"));
    String text = run("db-list");
    assertLine(text, "notes +1 +_default\\._default +memory +open");
    assertLine(text, "archive .* waits for store \\(name=nas\\)");
    assertLine(run("db-info", "notes"), "listeners +lan");
    assertEquals(
        "database archive is not there: waits for store (name=nas)", failure("db-info", "archive"));
    assertEquals("there is no database x; there is notes", failure("db-info", "x"));
  }

  @Test
  void aDocumentComesOutAsItWentInAndKeepsItsHistory() throws Exception {
    run("doc-put", "notes", "a", "{\"n\": 2.0, \"big\": 18446744073709551615}");
    String raw = run("doc-get", "notes", "a", "--raw");
    assertTrue(raw.contains("2.0") && raw.contains("18446744073709551615"), raw);
    Path file = Files.writeString(directory.resolve("a.json"), "{\"text\": \"ü\"}");
    assertTrue(run("doc-put", "notes", "a", "@" + file).contains("revision 2-"));
    assertEquals("{\n  \"text\": \"ü\"\n}\n", run("doc-get", "notes", "a"));
    assertTrue(run(new FakeConsole("{\"x\":1}"), "doc-put", "notes", "b", "-").contains("saved b"));
    assertLine(run("doc-list", "notes", "b"), "b +1-.* +3");
    assertTrue(failure("doc-put", "notes", "c", "a=1").contains("single quotes"));
    assertTrue(
        failure("doc-get", "notes", "c", "--collection", "x.y").contains("no collection x.y"));
  }

  @Test
  void whatCannotBeTakenBackAsksFirst() {
    run("doc-put", "notes", "a", "{}");
    FakeConsole no = new FakeConsole("no");
    assertThrows(CommandFailed.class, () -> run(no, "doc-delete", "notes", "a"));
    assertTrue(failure("doc-delete", "notes", "a").contains("--force"), "nobody is there");
    assertEquals(1, notes.getDefaultCollection().getCount());
    run(new FakeConsole("Yes"), "doc-delete", "notes", "a");
    assertNull(notes.getDefaultCollection().getDocument("a"));
    run("doc-put", "notes", "b", "{}");
    assertEquals("deleted b\n", run("doc-delete", "notes", "b", "--force"));
  }

  @Test
  void theLastChangesAreFoundAcrossGapsAndFollowed() {
    for (int i = 0; i < 30; i++)
      for (String id : List.of("a", "b")) run("doc-put", "notes", id, "{\"i\":" + i + "}");
    run("doc-put", "notes", "old", "{}");
    for (int i = 30; i < 60; i++) run("doc-put", "notes", "a", "{\"i\":" + i + "}");
    List<String> lines = run("changes", "notes", "3").lines().toList();
    assertEquals(4, lines.size(), lines.toString());
    assertTrue(lines.get(1).strip().matches("60 +b +30-.*"), lines.get(1));
    assertTrue(lines.get(3).strip().matches("91 +a +60-.*"), lines.get(3));
    FakeConsole console = new FakeConsole();
    console.pauses.add(() -> run("doc-delete", "notes", "a", "--force"));
    assertLine(run(console, "changes", "notes", "1", "--follow"), "92 +a +61-.*deleted");
  }

  @Test
  void listenersTellWhereAndForWhom() {
    assertLine(
        run("listener-list"), "lan +notes +staff +none, in clear +1 +1 +ws://host:4984/notes");
    assertEquals(
        "lan is stopped; divan:listener-start lan opens it again\n", run("listener-stop", "lan"));
    assertLine(run("listener-list"), "lan .* stopped");
    run("listener-start", "lan");
    assertEquals(List.of("stop", "start"), lan.calls);
  }

  @Test
  void aListenerIsStartedAsItIsAndNotThroughItsConfiguration() {
    node.configurations.add(
        pairs(
            "service.pid", "dev.divan.listener~gone", "service.factoryPid", "dev.divan.listener"));
    assertLine(run("listener-list"), "gone .*not at work.*");
    assertTrue(failure("listener-start", "gone").contains("listener gone is not there"));
    assertEquals("listening ws://host:4984/notes\n", run("listener-start", "lan"));
    assertEquals(List.of("start"), lan.calls);
    assertTrue(failure("listener-start", "never").contains("there is lan"));
  }

  @Test
  void peersAreShownWithNameSinceAndBytesEachWay() {
    assertLine(
        run("peers"),
        "lan +anna +10\\.0\\.0\\.7:5 +\\S+ \\(2 min \\d+ s\\) +1 +2 +300 B +4\\.0 kB +busy +phone-7");
    lan.sessions.clear();
    assertTrue(run("peers").startsWith("nobody is connected"));
  }

  @Test
  void aReplicatorTellsWhatItWaitsForAndWhatWentWrong() {
    assertLine(
        run("replicator-list"),
        "hq +notes +wss://h:1/notes +both ways +3 +10 +offline +not reached: nobody listens at h:1;"
            + " it tries again");
    String shown = run("replicator-show", "hq");
    assertLine(shown, "progress +3 of 10 documents");
    assertLine(shown, "open work +handshake");
    assertLine(shown, "3 revisions");
    assertLine(shown, "to be pushed +2 documents of _default\\._default");
    assertLine(shown, "divan:doctor hq looks into it");
    run("replicator-start", "hq", "--reset");
    run("replicator-start", "hq");
    run("replicator-stop", "hq");
    assertEquals(List.of("start true", "start false", "stop"), calls);
  }

  @Test
  void topShowsWhatHasGrownBetweenTwoLooks() {
    FakeConsole console = new FakeConsole();
    console.pauses.add(
        () -> {
          client.sent += 1_000_000;
          run("doc-put", "notes", "a", "{}");
        });
    String text = run(console, "top", "5");
    assertLine(text, "lan +1 +1 +[\\d,]+/s +0/s +0 B/s +0 B/s");
    assertFalse(text.matches("(?s).*lan +1 +1 +0/s.*"), text);
    assertFalse(text.contains("[clear]"), "counted rounds are for pipes");
    FakeConsole endless = new FakeConsole();
    endless.pauses.addAll(List.of(() -> {}, () -> {}));
    assertEquals(2, run(endless, "top").split("\\[clear]", -1).length - 1);
  }

  @Test
  void aPasswordIsReadFromAFileOrAskedForAndOnlyItsHashIsPrinted() throws Exception {
    List<char[]> seen = new ArrayList<>();
    PasswordHashing hashing =
        password -> {
          seen.add(password);
          return "hash-of-" + password.length;
        };
    assertTrue(failure("password-hash").contains("nobody here hashes"));
    node.with(hashing);
    Path file = Files.writeString(directory.resolve("password"), SECRET + "\nnot this\n");
    String text = run("password-hash", "--file", file.toString());
    text += run(new FakeConsole(SECRET), "password-hash");
    assertEquals("hash-of-11\nPassword:\nhash-of-11\n", text);
    for (char[] each : seen) assertTrue(Arrays.equals(each, new char[11]), "it is wiped");
  }

  @Test
  void noCommandShowsASecret() throws Exception {
    TLSIdentity identity = identity("gateway");
    String key = Base64.getEncoder().encodeToString(identity.getPrivateKey().getEncoded());
    node.with(identity, "name", "gateway");
    StringBuilder all = new StringBuilder();
    for (String name :
        List.of("db-list", "listener-list", "replicator-list", "peers", "identity-list", "status"))
      all.append(run(name));
    all.append(run("replicator-show", "hq"))
        .append(run("identity-show", "gateway"))
        .append(run("identity-export", "gateway"));
    assertFalse(all.toString().contains(SECRET));
    assertFalse(all.toString().replaceAll("\\s", "").contains(key.substring(20, 60)));
    assertLine(all.toString(), "password +\\(hidden\\)");
    assertLine(all.toString(), "\\.password +\\(hidden\\)");
    assertLine(all.toString(), "dev\\.divan\\.database~archive +waits for store \\(name=nas\\)");
    assertFalse(Files.exists(directory.resolve("status")));
    run("status", directory.resolve("status").toString());
    assertFalse(Files.readString(directory.resolve("status")).contains(SECRET));
  }

  @Test
  void anIdentityInUseIsDeletedOnlyByForce() throws Exception {
    List<Boolean> forced = new ArrayList<>();
    TLSIdentity kept = identity("kept");
    TLSIdentities keeper =
        Fake.of(
            TLSIdentities.class,
            new Object() {
              List<String> labels() {
                return List.of("kept");
              }

              Optional<TLSIdentity> getIdentity(String label) {
                return Optional.of(kept);
              }

              boolean deleteIdentity(String label, boolean force) {
                return forced.add(force);
              }
            });
    node.with(keeper);
    assertLine(run("identity-list"), "kept +CN=Divan doctor test +by itself +until 2125-.*");
    assertTrue(failure("identity-show", "x").contains("there is kept"));
    run(new FakeConsole("yes"), "identity-delete", "kept");
    run("identity-delete", "kept", "--force");
    assertEquals(List.of(false, true), forced);
    assertTrue(run("identity-export", "kept").startsWith("-----BEGIN CERTIFICATE-----\n"));
    assertTrue(
        new IdentityInUseException("kept", List.of("listener lan"))
            .getUsers()
            .contains("listener lan"));
  }

  @Test
  void theDoctorTakesNoPasswordAsAnArgumentAndNoStrangeAddress() {
    assertTrue(failure("doctor", "wss://h:1/db", "--password", "x").contains("no option"));
    assertTrue(failure("doctor", "loopback://h:1/db").contains("ws and wss"));
    assertTrue(failure("doctor", "hq", "--pin", "x").contains("goes with a URL"));
    assertTrue(failure("doctor", "wss://h").contains("database"));
  }

  private static TLSIdentity identity(String label) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = NounTest.class.getResourceAsStream("/valid.p12")) {
      keys.load(in, "secret".toCharArray());
    }
    X509Certificate certificate = (X509Certificate) keys.getCertificate("k");
    PrivateKey key = (PrivateKey) keys.getKey("k", "secret".toCharArray());
    return new TLSIdentity() {
      @Override
      public String getLabel() {
        return label;
      }

      @Override
      public List<X509Certificate> getCerts() {
        return List.of(certificate);
      }

      @Override
      public java.time.Instant getExpiration() {
        return certificate.getNotAfter().toInstant();
      }

      @Override
      public PrivateKey getPrivateKey() {
        return key;
      }
    };
  }
}
