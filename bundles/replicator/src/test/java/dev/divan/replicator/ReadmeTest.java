// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Database;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import dev.divan.database.local.LocalDatabase;
import dev.divan.replicator.active.ActiveReplicator;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.transport.BindRequest;
import dev.divan.transport.Binding;
import dev.divan.transport.UpgradeDecision;
import dev.divan.transport.loopback.Loopback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the README shows compiles and works. */
class ReadmeTest {

  // README begins
  static Replicator keepAlike(Database notes, ReplicatorFactory replicators, String url) {
    notes
        .getDefaultCollection()
        .save(new MutableDocument("hello").setString("text", "from OSGi").setInt("times", 3));

    Replicator replicator =
        replicators.create(
            new ReplicatorConfiguration(URLEndpoint.of(url))
                .addCollection(notes.getDefaultCollection())
                .setContinuous(true)
                .setAuthenticator(new BasicAuthenticator("tablet", "secret".toCharArray())));
    replicator.addChangeListener(change -> System.out.println(change.getStatus()));
    replicator.start();
    return replicator;
  }

  // README ends

  @Test
  void theExampleWorks() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (Threads threads = new Threads();
        LocalDatabase here = new LocalDatabase("notes", new MemoryStore());
        LocalDatabase there = new LocalDatabase("notes", new MemoryStore())) {
      there.getDefaultCollection().addChangeListener(change -> arrived.countDown());
      Loopback loopback = new Loopback();
      PassiveConfiguration shared =
          new PassiveConfiguration(List.of(there.getDefaultCollection()), false, false);
      try (Binding binding =
              loopback.bind(
                  new BindRequest(null, 0, null, false, Duration.ofSeconds(5), Duration.ZERO, 10),
                  request ->
                      CompletableFuture.completedFuture(
                          new UpgradeDecision.Accept(
                              request.protocols().get(0),
                              channel ->
                                  new PassiveDoor(threads)
                                      .serve(
                                          channel,
                                          shared,
                                          new PeerContext("x", "y", null, Set.of())))));
          Replicator running =
              keepAlike(
                  here,
                  configuration -> new ActiveReplicator(configuration, loopback, null, threads),
                  "loopback://gateway:" + binding.port() + "/notes")) {
        assertTrue(arrived.await(10, TimeUnit.SECONDS), () -> running.getStatus().toString());
        Document hello = there.getDefaultCollection().getDocument("hello");
        assertEquals("from OSGi", hello == null ? null : hello.getString("text"));
      }
    }
  }

  @Test
  void theReadmeShowsThisCode() throws Exception {
    String source = Files.readString(Path.of("src/test/java/dev/divan/replicator/ReadmeTest.java"));
    String example =
        source.substring(source.indexOf("// README begins") + 17, source.indexOf("// README ends"));
    String readme = Files.readString(Path.of("../../README.md"));
    assertTrue(
        readme.replaceAll("\\s+", " ").contains(example.strip().replaceAll("\\s+", " ")),
        "the README's example differs from this test's");
  }
}
