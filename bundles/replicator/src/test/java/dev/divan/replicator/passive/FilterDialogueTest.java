// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import static dev.divan.replicator.testing.Nodes.content;
import static dev.divan.replicator.testing.Nodes.delete;
import static dev.divan.replicator.testing.Nodes.rev;
import static dev.divan.replicator.testing.Nodes.save;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.Database;
import dev.divan.json.Json;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorType;
import dev.divan.replicator.URLEndpoint;
import dev.divan.replicator.testing.Nodes;
import dev.divan.replicator.testing.ScriptedPeer;
import dev.divan.replicator.testing.ScriptedPeer.Answer;
import dev.divan.replicator.testing.ScriptedPeer.Heard;
import dev.divan.testkit.await.Await;
import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scripted client pulls from and pushes to a passive peer that has filters. */
class FilterDialogueTest {
  private static final ReplicationFilter OPEN =
      (document, flags, peer) -> document.getBoolean("open");

  private final Nodes nodes = new Nodes();
  private final Database there = nodes.database("there");
  private final AtomicReference<ReplicationFilter> sending =
      new AtomicReference<>(PassiveConfiguration.EVERYTHING);
  private final AtomicReference<ReplicationFilter> receiving =
      new AtomicReference<>(PassiveConfiguration.EVERYTHING);
  private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();
  private final Semaphore go = new Semaphore(0);
  private final URLEndpoint endpoint =
      nodes.serve(
          new PassiveConfiguration(
              List.of(there.getDefaultCollection()), false, true, sending::get, receiving::get));
  private ScriptedPeer peer = nodes.client(endpoint);

  @AfterEach
  void close() {
    go.release(1_000_000);
    if (peer.isOpen()) {
      peer.asks("still there?", "").fails("BLIP", 404);
      peer.close();
    }
    nodes.close();
  }

  private void subscribes(String... properties) {
    peer.asks("subChanges", "", properties).saysNothing();
  }

  private void caughtUp() {
    peer.hears("changes").saying("[]").wantsNoAnswer();
  }

  private static List<List<?>> rows(Heard changes) {
    List<List<?>> rows = new ArrayList<>();
    for (Object row : (List<?>) Json.parse(changes.body())) rows.add((List<?>) row);
    return rows;
  }

  /** Sequence and document ID of each row. */
  private static String told(Heard changes) {
    StringBuilder told = new StringBuilder();
    for (List<?> row : rows(changes)) told.append(row.get(0)).append(row.get(1)).append(' ');
    return told.toString().strip();
  }

  /** Says which document is before it, and waits to be let go on; then decides. */
  private ReplicationFilter slow(ReplicationFilter decision) {
    return (document, flags, who) -> {
      shown.add(document.getId());
      go.acquireUninterruptibly();
      return decision.filtered(document, flags, who);
    };
  }

  private void isBefore(String id) {
    assertEquals(id, Await.next(shown, () -> id + " before the filter"));
  }

  // What is sent.

  @Test
  void whatDoesNotPassIsNotAnnouncedUntilItDoes() {
    save(there, "a", "{'open':true}");
    save(there, "b", "{'v':1}");
    save(there, "c", "{'open':true}");
    sending.set(OPEN);
    subscribes("continuous", "true");
    Heard changes = peer.hears("changes");
    assertEquals("1a 3c", told(changes));
    caughtUp();
    changes.isAnswered("[[],[]]");
    peer.hears("rev").with("id", "a");
    peer.hears("rev").with("id", "c");
    save(there, "b", "{'v':2}");
    peer.hearsNothingMore();
    save(there, "b", "{'open':true}");
    assertEquals("5b", told(peer.hears("changes")));
  }

  @Test
  void whenNothingPassesAOneShotIsCaughtUp() {
    there.inBatch(() -> IntStream.range(0, 450).forEach(i -> save(there, "d" + i, "{}")));
    sending.set(OPEN);
    subscribes();
    caughtUp();
    peer.hearsNothingMore();
  }

  @Test
  void pagesComeInTheOrderOfTheirSequences() {
    there.inBatch(
        () ->
            IntStream.range(0, 900)
                .forEach(i -> save(there, "d" + i, "{'open':" + (i % 3 > 0) + "}")));
    sending.set(OPEN);
    subscribes();
    List<Long> sequences = new ArrayList<>();
    while (sequences.size() < 600) {
      Heard changes = peer.hears("changes");
      for (List<?> row : rows(changes)) sequences.add(((Number) row.get(0)).longValue());
      changes.isAnswered("[]");
    }
    caughtUp();
    assertEquals(sequences.stream().sorted().distinct().toList(), sequences);
    assertEquals(600, sequences.size());
  }

  @Test
  void aChangeWhileTheFilterIsAtItIsToldNext() {
    save(there, "a", "{'v':1}");
    sending.set(slow((document, flags, who) -> true));
    subscribes("continuous", "true");
    isBefore("a");
    String first = rev(there, "a");
    save(there, "a", "{'v':2}");
    save(there, "b", "{}");
    peer.hearsNothingMore();
    go.release();
    Heard changes = peer.hears("changes");
    assertEquals("1a", told(changes));
    go.release(2);
    peer.hearsNothingMore();
    changes.isAnswered("[[]]");
    // What was judged is sent, or nothing.
    peer.hears("norev").with("id", "a").with("rev", first).with("error", "410");
    Heard next = peer.hears("changes");
    assertEquals("2a 3b", told(next));
    caughtUp();
    next.isAnswered("[[],[]]");
    peer.hears("rev").with("id", "a").saying("{'v':2}");
    peer.hears("rev").with("id", "b");
  }

  @Test
  void whatHasChangedBeforeItsTurnIsShownAndToldAsItIsThen() {
    save(there, "a", "{}");
    save(there, "b", "{'v':1}");
    sending.set(slow((document, flags, who) -> !document.getId().equals("a")));
    subscribes("continuous", "true");
    isBefore("a");
    save(there, "b", "{'v':2}");
    go.release(2);
    isBefore("b");
    Heard changes = peer.hears("changes");
    assertEquals("3b", told(changes));
    caughtUp();
    changes.isAnswered("[[]]");
    peer.hears("rev").with("id", "b").saying("{'v':2}");
    assertTrue(shown.isEmpty(), () -> "" + shown);
  }

  @Test
  void aDocumentOnWhichTheFilterFailsDoesNotGoAndOthersDo() {
    for (String id : List.of("a", "b", "c")) save(there, id, "{}");
    sending.set(
        (document, flags, who) -> {
          if (document.getId().equals("b")) throw new IllegalStateException("a bug");
          if (document.getId().equals("c")) throw new NoClassDefFoundError("gone");
          return true;
        });
    subscribes("continuous", "true");
    assertEquals("1a", told(peer.hears("changes")));
    caughtUp();
    sending.set((document, flags, who) -> true);
    save(there, "b", "{'v':2}");
    assertEquals("4b", told(peer.hears("changes")));
  }

  @Test
  void aDeletionIsShownAsOneAndTheFilterIsToldWhoAsks() {
    save(there, "gone", "{'open':true}");
    delete(there, "gone");
    BlockingQueue<PeerContext> asking = new LinkedBlockingQueue<>();
    sending.set(
        (document, flags, who) -> {
          asking.add(who);
          return flags.equals(Set.of(DocumentFlag.DELETED)) && document.toMap().isEmpty();
        });
    subscribes();
    assertEquals("2gone", told(peer.hears("changes")));
    assertEquals(nodes.session().peer(), asking.poll());
  }

  @Test
  void anotherFilterCountsFromTheNextDocumentOn() {
    subscribes("continuous", "true");
    caughtUp();
    save(there, "a", "{}");
    Heard first = peer.hears("changes");
    assertEquals("1a", told(first));
    sending.set(slow(OPEN));
    save(there, "b", "{}");
    isBefore("b");
    sending.set(PassiveConfiguration.EVERYTHING);
    go.release();
    save(there, "c", "{}");
    assertEquals("3c", told(peer.hears("changes")));
    first.isAnswered("[]");
  }

  @Test
  void withoutSomeoneToAskNothingGoesAndTheClientIsSentAwayToComeBack() {
    subscribes("continuous", "true");
    caughtUp();
    sending.set(null);
    assertTrue(peer.isOpen());
    save(there, "a", "{}");
    peer.isClosedWith(Closure.TRANSIENT);
    sending.set((document, flags, who) -> true);
    peer = nodes.client(endpoint);
    subscribes("continuous", "true");
    assertEquals("1a", told(peer.hears("changes")));
  }

  @Test
  void aFilterThatGoesWhileItIsAskedHasNotDecided() {
    save(there, "a", "{}");
    sending.set(
        (document, flags, who) -> {
          sending.set(null);
          throw new IllegalStateException("this bundle has been stopped");
        });
    subscribes();
    peer.isClosedWith(Closure.TRANSIENT);
  }

  @Test
  void aContinuousClientMissesNothingWhileTheFilterIsSlow() {
    Database here = nodes.database("here");
    sending.set(
        (document, flags, who) -> {
          for (int i = document.getInt("i") % 50; i > 0; i--) Thread.yield();
          return document.getBoolean("open");
        });
    nodes.start(
        new ReplicatorConfiguration(endpoint)
            .addCollection(here.getDefaultCollection())
            .setType(ReplicatorType.PULL)
            .setContinuous(true));
    Random random = new Random(7);
    for (int i = 0; i < 1500; i++)
      save(
          there,
          "d" + random.nextInt(60),
          "{'i':" + i + ",'open':" + (random.nextInt(3) > 0) + "}");
    Set<String> last = new TreeSet<>();
    for (int i = 0; i < 60; i += 2) {
      save(there, "d" + i, "{'open':true}");
      last.add("d" + i);
    }
    Await.until(
        () -> "the last of each: " + content(here),
        () -> {
          var got = content(here);
          var all = content(there);
          return last.stream().allMatch(id -> all.get(id).equals(got.get(id)));
        });
  }

  // What is taken.

  private Answer pushes(String id, String rev, String body, String... properties) {
    List<String> all = new ArrayList<>(List.of("id", id, "rev", rev, "noconflicts", "1"));
    all.addAll(List.of(properties));
    return peer.asks("rev", body, all.toArray(String[]::new));
  }

  private Answer offers(String id, String rev, String parent, String body, String... properties) {
    peer.asks("proposeChanges", "[['" + id + "','" + rev + "','" + parent + "']]").says("[]");
    return pushes(id, rev, body, properties);
  }

  @Test
  void whatDoesNotPassIsRefusedWith403AndTheRestGoesOn() {
    receiving.set(OPEN);
    peer.asks("proposeChanges", "[['a','1-aa'],['b','1-bb'],['c','1-cc']]").says("[]");
    Answer a = pushes("a", "1-aa", "{'open':true}");
    Answer b = pushes("b", "1-bb", "{}");
    Answer c = pushes("c", "1-cc", "{'open':true}");
    a.saysNothing();
    b.fails("HTTP", 403);
    c.saysNothing();
    assertEquals(Set.of("a", "c"), content(there).keySet());
  }

  @Test
  void whatWasRefusedMayComeOnceMoreUnproposed() {
    receiving.set(OPEN);
    offers("a", "1-aa", "", "{}").fails("HTTP", 403);
    pushes("a", "1-aa", "{}").fails("HTTP", 403);
    pushes("a", "1-aa", "{}").fails("HTTP", 400);
    offers("b", "1-bb", "", "{}").fails("HTTP", 403);
    receiving.set(PassiveConfiguration.EVERYTHING);
    pushes("b", "1-bb", "{}").saysNothing();
    assertEquals(Set.of("b"), content(there).keySet());
  }

  @Test
  void aPushedDocumentOnWhichTheFilterFailsIsRefused() {
    receiving.set(
        (document, flags, who) -> {
          if (document.getId().equals("a")) throw new IllegalStateException("a bug");
          return true;
        });
    offers("a", "1-aa", "", "{}").fails("HTTP", 403);
    offers("b", "1-bb", "", "{}").saysNothing();
    assertEquals(Set.of("b"), content(there).keySet());
  }

  @Test
  void aDeletionThatDoesNotPassDeletesNothing() {
    save(there, "a", "{'open':true}");
    String current = rev(there, "a");
    receiving.set((document, flags, who) -> !flags.contains(DocumentFlag.DELETED));
    offers("a", "2-bb", current, "{}", "deleted", "1").fails("HTTP", 403);
    assertEquals(current, rev(there, "a"));
  }

  @Test
  void aDeltaIsShownAsTheDocumentItMakes() {
    save(there, "a", "{'open':false,'v':1}");
    String current = rev(there, "a");
    receiving.set(OPEN);
    offers("a", "2-bb", current, "{'v':2}", "deltaSrc", current).fails("HTTP", 403);
    offers("a", "2-cc", current, "{'open':true}", "deltaSrc", current).saysNothing();
    assertEquals("2-cc {\"open\":true,\"v\":1}", content(there).get("a"));
  }

  @Test
  void moreThanMayWaitForASlowFilterIsAnsweredInTheEnd() {
    String text = "x".repeat(100_000);
    receiving.set(slow((document, flags, who) -> !document.getId().endsWith("7")));
    StringBuilder rows = new StringBuilder("[");
    for (int i = 0; i < 150; i++) rows.append(i == 0 ? "" : ",").append("['d" + i + "','1-aa']");
    peer.asks("proposeChanges", rows + "]").says("[]");
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 150; i++) answers.add(pushes("d" + i, "1-aa", "{'t':'" + text + "'}"));
    isBefore("d0");
    // 15 MB are on their way, of which 8 may wait here.
    Await.until(
        () -> nodes.session().bytesReceived() + " received",
        () -> nodes.session().bytesReceived() > 8 << 20);
    assertFalse(answers.get(1).hasCome());
    go.release(150);
    for (int i = 0; i < 150; i++)
      if (i % 10 == 7) answers.get(i).fails("HTTP", 403);
      else answers.get(i).saysNothing();
    assertEquals(135, content(there).size());
  }

  @Test
  void withoutSomeoneToAskNothingIsTakenAndTheClientIsSentAwayToComeBack() {
    receiving.set(null);
    peer.asks("proposeChanges", "[['a','1-aa']]").says("[]");
    pushes("a", "1-aa", "{}").fails();
    peer.isClosedWith(Closure.TRANSIENT);
    assertTrue(content(there).isEmpty());
  }

  @Test
  void aClientThatLeavesWhileTheFilterIsAtItLeavesNothingBehind() {
    CountDownLatch ended = new CountDownLatch(1);
    receiving.set(
        slow(
            (document, flags, who) -> {
              ended.countDown();
              return true;
            }));
    peer.asks("proposeChanges", "[['a','1-aa']]").says("[]");
    pushes("a", "1-aa", "{}");
    isBefore("a");
    peer.close();
    Await.result(nodes.session().closed(), "the end of the session");
    go.release();
    Await.opens(ended, "the end of the filter");
    assertTrue(content(there).isEmpty());
  }
}
