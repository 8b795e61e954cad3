// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.database.local.LocalDatabase;
import dev.divan.database.move.Standing.State;
import dev.divan.database.move.Whereabouts.Finding;
import dev.divan.database.move.Whereabouts.Finding.Away;
import dev.divan.database.move.Whereabouts.Finding.Here;
import dev.divan.database.move.Whereabouts.Finding.Lost;
import dev.divan.database.move.Whereabouts.Memory;
import dev.divan.store.Space;
import dev.divan.store.memory.MemoryStore;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WhereaboutsTest {
  private static final UUID ID = new UUID(1, 2);
  private static final UUID FOREIGN = new UUID(3, 4);

  private final Map<String, MemoryStore> stores = new HashMap<>();

  private void has(String store, State state, UUID uuid, long generation, @Nullable String other) {
    stores.putIfAbsent(store, new MemoryStore());
    try (Space space = stores.get(store).open("test")) {
      space.write(
          transaction -> {
            new Standing(state, uuid, generation, other).write(transaction);
            return true;
          });
    }
  }

  private void isThere(String store) {
    stores.put(store, new MemoryStore());
  }

  private Finding find(String wanted, @Nullable Memory memory) {
    return new Whereabouts("test", stores.keySet(), stores::get).find(wanted, memory);
  }

  private static Memory memory(String store, long generation) {
    return new Memory(store, ID, generation);
  }

  @Test
  void aNewDatabaseIsMadeInTheStoreWanted() {
    isThere("a");
    assertEquals(new Here("a", false), find("a", null));
  }

  @Test
  void oneThatNeverMovedIsWhereItIs() {
    isThere("a");
    new LocalDatabase("test", stores.get("a")).close();
    assertEquals(new Here("a", false), find("a", null));
  }

  @Test
  void aChangedConfigurationFindsItWhereItWasLast() {
    has("a", State.WHOLE, ID, 0, null);
    isThere("b");
    assertEquals(new Here("a", false), find("b", memory("a", 0)));
  }

  @Test
  void itWaitsForTheStoreWhereItWasLast() {
    isThere("b");
    assertEquals(new Away("a"), find("b", memory("a", 0)));
  }

  @Test
  void aStoreThatForgotItIsNotWaitedFor() {
    isThere("a");
    isThere("b");
    assertEquals(new Here("b", false), find("b", memory("a", 0)));
  }

  @Test
  void aStoreUnderAnotherNameIsTheSame() {
    has("renamed", State.WHOLE, ID, 3, "x");
    assertEquals(new Here("renamed", false), find("renamed", memory("a", 3)));
  }

  @Test
  void aMoveThatWasDoneButNotRememberedIsDone() {
    has("a", State.LEFT, ID, 0, "b");
    has("b", State.WHOLE, ID, 1, "a");
    assertEquals(new Here("b", false), find("b", memory("a", 0)));
    assertEquals(new Here("b", false), find("a", memory("a", 0)));
    stores.remove("a");
    assertEquals(new Here("b", false), find("b", memory("a", 0)));
  }

  @Test
  void anUnfinishedCopyLeadsToItsSource() {
    has("a", State.WHOLE, ID, 0, null);
    has("b", State.UNFINISHED, ID, 1, "a");
    assertEquals(new Here("a", false), find("b", null));
    assertEquals(new Here("a", false), find("a", memory("a", 0)));
    stores.remove("a");
    assertEquals(new Away("a"), find("b", null));
  }

  @Test
  void aLeftCopyCountsIfItsSuccessorWasNeverFinished() {
    has("a", State.LEFT, ID, 0, "b");
    has("b", State.UNFINISHED, ID, 1, "a");
    assertEquals(new Here("a", true), find("b", memory("a", 0)));
    assertEquals(new Here("a", true), find("a", memory("a", 0)));
  }

  @Test
  void aLeftCopyLeadsToItsSuccessorHoweverFar() {
    has("a", State.LEFT, ID, 0, "b");
    has("b", State.LEFT, ID, 1, "c");
    has("c", State.WHOLE, ID, 2, "b");
    assertEquals(new Here("c", false), find("a", null));
    stores.remove("c");
    assertEquals(new Away("c"), find("a", null));
  }

  @Test
  void aMoveBackThatWasCutIsFound() {
    has("b", State.WHOLE, ID, 1, "a");
    has("a", State.UNFINISHED, ID, 2, "b");
    assertEquals(new Here("b", false), find("a", memory("b", 1)));
    has("b", State.LEFT, ID, 1, "a");
    assertEquals(new Here("b", true), find("a", memory("b", 1)));
    has("a", State.WHOLE, ID, 2, "b");
    assertEquals(new Here("a", false), find("b", memory("b", 1)));
  }

  @Test
  void aMoveBackThatWasCutWhenItHadClearedItsTargetIsFoundWithoutAMemory() {
    isThere("a");
    has("b", State.WHOLE, ID, 1, "a");
    has("c", State.WHOLE, FOREIGN, 0, null);
    assertEquals(new Here("b", false), find("a", null));
    assertEquals(new Here("c", false), find("c", null));
  }

  @Test
  void aSuccessorThatIsGoneIsToldAndNothingIsOpened() {
    has("a", State.LEFT, ID, 0, "b");
    isThere("b");
    Lost lost = assertInstanceOf(Lost.class, find("a", null));
    assertTrue(lost.why().contains("left for store b"), lost.why());
    assertTrue(lost.why().contains("moveContents"), lost.why());
    assertInstanceOf(Lost.class, find("b", memory("a", 0)));
    has("b", State.WHOLE, FOREIGN, 7, null);
    assertInstanceOf(Lost.class, find("a", null));
  }

  @Test
  void anotherDatabaseInTheStoreWantedDoesNotReplaceTheOneRemembered() {
    has("a", State.WHOLE, ID, 0, null);
    has("b", State.WHOLE, FOREIGN, 5, null);
    assertEquals(new Here("a", false), find("b", memory("a", 0)));
    assertEquals(new Here("b", false), find("b", null));
  }

  @Test
  void copiesThatPointAtEachOtherAreTold() {
    has("a", State.LEFT, ID, 0, "b");
    has("b", State.LEFT, ID, 1, "a");
    assertInstanceOf(Lost.class, find("a", null));
  }

  @Test
  void claimingMakesALeftCopyTheOneThatCounts() {
    has("a", State.LEFT, ID, 0, "b");
    has("b", State.WHOLE, ID, 1, "a");
    Whereabouts.claim("test", stores.get("a"));
    assertEquals(new Here("a", false), find("a", memory("b", 1)));
    assertEquals(new Here("a", false), find("b", memory("a", 2)));
  }

  @Test
  void claimingAnUnfinishedCopyRemovesIt() {
    has("b", State.UNFINISHED, ID, 1, "a");
    Whereabouts.claim("test", stores.get("b"));
    assertEquals(java.util.Set.of(), stores.get("b").names());
  }

  @Test
  void theBytesAreAsDocumented() {
    has("a", State.UNFINISHED, ID, 300, "b1");
    try (Space space = stores.get("a").open("test")) {
      assertEquals(
          "02ac02" + "0000000000000001" + "0000000000000002" + "02" + "6231",
          HexFormat.of().formatHex(space.read(s -> s.get(new byte[] {7}))));
    }
  }

  @Test
  void whatASpaceSaysIsReadAsItWasWritten() {
    isThere("a");
    try (Space space = stores.get("a").open("test")) {
      assertNull(space.<@Nullable Standing>read(Standing::read));
    }
    for (State state : State.values()) {
      has("a", state, ID, 300, "größer");
      try (Space space = stores.get("a").open("test")) {
        assertEquals(
            new Standing(state, ID, 300, "größer"), space.<@Nullable Standing>read(Standing::read));
      }
    }
  }
}
