// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import static dev.divan.database.revision.Succession.Relation.CONFLICTS;
import static dev.divan.database.revision.Succession.Relation.FOLLOWS;
import static dev.divan.database.revision.Succession.Relation.KNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.revision.Succession.Relation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SuccessionTest {

  @Test
  void whatIsHereOrOvertakenIsKnown() {
    assertEquals(KNOWN, live("2-bb 1-aa", "2-bb 1-aa", null));
    assertEquals(KNOWN, live("2-bb 1-aa", "1-aa", null));
    assertEquals(KNOWN, live("2-bb 1-aa", "2-bb", null));
  }

  @Test
  void aDescendantFollows() {
    assertEquals(FOLLOWS, live("1-aa", "2-bb 1-aa", null));
    assertEquals(FOLLOWS, live("1-aa", "4-dd 3-cc 2-bb 1-aa", null));
  }

  @Test
  void anotherBranchConflicts() {
    assertEquals(CONFLICTS, live("2-bb 1-aa", "2-cc 1-aa", null));
    assertEquals(CONFLICTS, live("1-aa", "1-bb", null));
    assertEquals(CONFLICTS, live("2-bb 1-aa", "5-ee", null));
  }

  @Test
  @DisplayName("84: a branch switch without local edits is silent")
  void aBranchSwitchFollowsIfNothingWasEditedHere() {
    assertEquals(FOLLOWS, live("2-bb 1-aa", "2-cc 1-aa", "2-bb"));
    assertEquals(CONFLICTS, live("2-bb 1-aa", "2-cc 1-aa", "1-aa"));
  }

  @Test
  @DisplayName("95: a new root over a tombstone follows")
  void aNewRootOverATombstoneFollows() {
    assertEquals(FOLLOWS, of("3-cc 2-bb 1-aa", true, "1-dd", false, null));
    assertEquals(FOLLOWS, of("3-cc 2-bb 1-aa", true, "2-ee 1-dd", false, null));
    assertEquals(FOLLOWS, of("3-cc 2-bb 1-aa", true, "5-ee", false, null));
  }

  @Test
  void anEditOfWhatWasDeletedHereConflicts() {
    assertEquals(CONFLICTS, of("3-cc 2-bb 1-aa", true, "3-dd 2-bb 1-aa", false, null));
    assertEquals(CONFLICTS, of("3-cc 2-bb 1-aa", true, "9-dd 8-cc", false, null));
    assertEquals(CONFLICTS, of("2-bb 1-aa", false, "2-cc 1-aa", true, null));
  }

  @Test
  @DisplayName("82: of two tombstones the greater is taken, the lesser needs a successor")
  void ofTwoTombstonesTheGreaterIsTaken() {
    assertEquals(FOLLOWS, of("2-bb 1-aa", true, "3-cc 2-dd", true, null));
    assertEquals(CONFLICTS, of("3-cc 2-dd", true, "2-bb 1-aa", true, null));
    assertEquals(FOLLOWS, of("2-bb 1-aa", true, "2-cc 1-aa", true, null));
    assertEquals(CONFLICTS, of("2-cc 1-aa", true, "2-bb 1-aa", true, null));
    assertEquals(KNOWN, of("2-cc 1-aa", true, "2-bb 1-aa", true, "2-bb"));
  }

  @Test
  @DisplayName("65: a history descends by one; gaps only where peers prune")
  void histories() {
    assertTrue(sequential("1-aa"));
    assertTrue(sequential("5-ee"));
    assertTrue(sequential("3-cc 2-bb 1-aa"));
    assertFalse(sequential("3-cc 1-aa"));
    assertFalse(sequential("3-cc 3-bb"));
    assertFalse(sequential("3-cc 4-bb"));
    List<RevID> deep = new ArrayList<>();
    for (int generation = 99; generation > 80; generation--) {
      deep.add(new RevID(generation, new byte[] {1}));
    }
    RevID revision = new RevID(100, new byte[] {1});
    deep.add(new RevID(40, new byte[] {1}));
    assertTrue(Succession.sequential(revision, deep));
    deep.add(new RevID(41, new byte[] {1}));
    assertFalse(Succession.sequential(revision, deep));
  }

  @Test
  void aShortHistoryIsContinuedWithWhatWeKnow() {
    assertEquals(
        ids("3-cc 2-bb 1-aa"),
        Succession.joined(ids("3-cc"), ids("3-cc").get(0), ids("2-bb 1-aa")));
    assertEquals(
        ids("2-xx 1-yy".replace('x', 'e').replace('y', 'f')),
        Succession.joined(ids("2-ee 1-ff"), ids("1-aa").get(0), List.of()));
  }

  private static Relation live(String here, String incoming, String held) {
    return of(here, false, incoming, false, held);
  }

  private static Relation of(
      String here, boolean deleted, String incoming, boolean incomingDeleted, String held) {
    List<RevID> mine = ids(here);
    List<RevID> other = ids(incoming);
    return Succession.of(
        mine.get(0),
        mine.subList(1, mine.size()),
        deleted,
        other.get(0),
        other.subList(1, other.size()),
        incomingDeleted,
        held == null ? null : RevID.parse(held));
  }

  private static boolean sequential(String text) {
    List<RevID> all = ids(text);
    return Succession.sequential(all.get(0), all.subList(1, all.size()));
  }

  private static List<RevID> ids(String text) {
    return Arrays.stream(text.split(" ")).map(RevID::parse).toList();
  }
}
