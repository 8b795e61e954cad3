// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.instance.Settings;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.ReplicatedDocument;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.replicator.ReplicatorStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LettersTest {
  private static final ReplicatorException FORBIDDEN =
      new ReplicatorException(Domain.HTTP, 403, false, "read only", null);
  private final ReplicatorLetters letters =
      new ReplicatorLetters(() -> "site-b", () -> "wss://b:4984/notes", "notes");

  private static ReplicatedDocument document(String id, DocumentFlag... flags) {
    return new ReplicatedDocument("shop", "items", id, Set.of(flags), null);
  }

  @Test
  void aStatusIsPlainValuesWithTheErrorIfThereIsOne() {
    ReplicatorStatus idle =
        new ReplicatorStatus(ReplicatorActivityLevel.IDLE, new ReplicatorProgress(7, 9), null);
    Letter letter = letters.status(idle);
    assertEquals(Topics.STATUS, letter.topic());
    assertEquals(
        Map.of(
            "replicator", "site-b",
            "url", "wss://b:4984/notes",
            "database", "notes",
            "activity", "IDLE",
            "completed", 7L,
            "total", 9L),
        letter.properties());
    Letter offline =
        letters.status(
            new ReplicatorStatus(
                ReplicatorActivityLevel.OFFLINE, new ReplicatorProgress(0, 0), FORBIDDEN));
    assertEquals("HTTP", offline.properties().get("error.domain"));
    assertEquals(403, offline.properties().get("error.code"));
    assertEquals(false, offline.properties().get("error.transient"));
    assertEquals("read only", offline.properties().get("error.message"));
    assertSame(letter.key(), offline.key(), "the later makes the earlier superfluous");
    assertEquals("GONE", letters.gone(idle).properties().get("activity"));
  }

  @Test
  void documentsAreToldByCollectionAndFailuresOneByOne() {
    List<ReplicatedDocument> batch =
        List.of(
            document("a"),
            new ReplicatedDocument("_default", "_default", "x", Set.of(), null),
            document("b", DocumentFlag.DELETED),
            document("c", DocumentFlag.ACCESS_REMOVED),
            new ReplicatedDocument("shop", "items", "d", Set.of(), FORBIDDEN));
    List<Letter> replicated = letters.replicated(true, batch);
    assertEquals(2, replicated.size());
    Map<String, Object> items = replicated.get(0).properties();
    assertEquals("shop.items", items.get("collection"));
    assertEquals(true, items.get("push"));
    assertArrayEquals(new String[] {"a", "b", "c"}, (String[]) items.get("documents"));
    assertArrayEquals(new String[] {"b"}, (String[]) items.get("deleted"));
    assertArrayEquals(new String[] {"c"}, (String[]) items.get("accessRemoved"));
    assertEquals(3, replicated.get(0).documents());
    List<Letter> failed = letters.failed(false, batch);
    assertEquals(1, failed.size());
    assertEquals("d", failed.get(0).properties().get("document"));
    assertEquals("read only", failed.get(0).properties().get("error.message"));
    assertEquals(false, failed.get(0).properties().get("push"));
  }

  @Test
  void longListsBecomeSeveralLetters() {
    List<String> ids = new ArrayList<>();
    List<ReplicatedDocument> documents = new ArrayList<>();
    for (int i = 0; i < 2001; i++) {
      ids.add("doc" + i);
      documents.add(document("doc" + i));
    }
    for (List<Letter> told :
        List.of(
            letters.replicated(false, documents),
            CollectionLetters.changed("notes", "shop.items", ids)))
      assertEquals(List.of(1000, 1000, 1), told.stream().map(Letter::documents).toList());
  }

  private static Topics topics(Object value) {
    return Topics.of(new Settings("dev.divan.events", Map.of("topics", value)));
  }

  @Test
  void topicsAreChosenByNameOrBeginning() {
    assertTrue(Topics.of(new Settings("dev.divan.events", Map.of())).wants(Topics.CHANGED));
    Topics some = topics("dev/divan/document/*, dev/divan/replicator/STATUS");
    assertTrue(some.wants(Topics.REPLICATED) && some.wants(Topics.FAILED));
    assertTrue(some.wants(Topics.STATUS));
    assertFalse(some.wants(Topics.CHANGED));
    assertTrue(topics(new String[] {"*"}).wants(Topics.CHANGED));
  }

  @Test
  void aTopicThatIsNotOursIsRefusedByName() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> topics("dev/divan/weather/*"))
            .getMessage();
    assertTrue(message.startsWith("dev.divan.events default: topics"), message);
    assertTrue(message.contains("not dev/divan/weather/*"), message);
  }

  @Test
  void aResolvedConflictIsToldOfItsCollection() {
    List<Letter> told =
        letters.resolved(
            List.of(document("a"), document("b", DocumentFlag.CONFLICT, DocumentFlag.DELETED)));
    assertEquals(1, told.size());
    assertEquals(Topics.RESOLVED, told.get(0).topic());
    assertEquals("shop.items", told.get(0).properties().get("collection"));
    assertArrayEquals(new String[] {"b"}, (String[]) told.get(0).properties().get("documents"));
  }
}
