// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Space;
import dev.divan.store.Store;
import dev.divan.store.StoreException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Spaces have names; they are opened once at a time, listed, and deleted whole. */
interface StoreRules extends Rules {

  @Test
  default void aSpaceThatWasNotThereIsCreatedEmpty() {
    assertEquals(Set.of(), subject().store().names());
    Space space = subject().space();
    assertEquals(Map.of(), space.read(Bytes::scan));
    assertEquals(Set.of(), space.blobs().keys());
  }

  @Test
  default void namesAreThoseOfAllSpacesOpenOrNot() {
    Store store = subject().store();
    store.open("closed").close();
    Space open = store.open("open");
    assertEquals(Set.of("closed", "open"), store.names());
    open.close();
    assertEquals(Set.of("closed", "open"), store.names());
  }

  @Test
  default void spacesAreApart() {
    Store store = subject().store();
    try (Space one = store.open("one");
        Space other = store.open("other")) {
      put(one, "k", "1");
      publish(one, "b");
      put(other, "k", "2");
      assertArrayEquals(Bytes.text("1"), get(one, "k"));
      assertArrayEquals(Bytes.text("2"), get(other, "k"));
      assertEquals(Set.of(), other.blobs().keys());
    }
  }

  @Test
  default void everyNameOfTheAlphabetIsASpaceOfItsOwn() {
    List<String> names =
        List.of(
            "notes",
            "Notes",
            "NOTES",
            "nOTES",
            ".",
            "..",
            "a.",
            "A.",
            ".a",
            "%",
            "%2e",
            "a%2Fb",
            "con",
            "CON",
            "nul.txt",
            "-",
            "_",
            "0",
            "a".repeat(200),
            "A".repeat(200),
            "Ab".repeat(100),
            "aB".repeat(100),
            "%".repeat(200));
    Store store = subject().store();
    for (String name : names) {
      try (Space space = store.open(name)) {
        assertNull(get(space, "name"), () -> "shared with another name: " + name);
        put(space, "name", name);
      }
    }
    assertEquals(Set.copyOf(names), store.names());
    subject().reopen();
    for (String name : names) {
      try (Space space = subject().store().open(name)) {
        assertArrayEquals(Bytes.text(name), get(space, "name"));
      }
    }
  }

  @Test
  default void otherNamesAreRefused() {
    Store store = subject().store();
    for (String name :
        List.of("", "a b", "a/b", "../a", "a\\b", "a\0", "a\n", "~", "ü", "a".repeat(201))) {
      assertThrows(StoreException.class, () -> store.open(name), name);
    }
    assertEquals(Set.of(), store.names());
  }

  @Test
  default void aSpaceIsOpenAtMostOnce() {
    Store store = subject().store();
    Space first = store.open("once");
    put(first, "k", "v");
    StoreException refusal = assertThrows(StoreException.class, () -> store.open("once"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("once"), "names the space");
    assertArrayEquals(Bytes.text("v"), get(first, "k"), "the refusal left the first alone");
    first.close();
    try (Space second = store.open("once")) {
      assertArrayEquals(Bytes.text("v"), get(second, "k"));
      first.close();
      assertArrayEquals(Bytes.text("v"), get(second, "k"), "closing again leaves the next alone");
      assertThrows(StoreException.class, () -> store.open("once"));
    }
  }

  @Test
  default void deletingTakesTheSpaceWithAllThatIsInIt() {
    Store store = subject().store();
    try (Space space = store.open("gone");
        Space other = store.open("other")) {
      put(space, "k", "v");
      publish(space, "b");
      put(other, "k", "v");
    }
    store.delete("gone");
    assertEquals(Set.of("other"), store.names());
    try (Space again = store.open("gone");
        Space other = store.open("other")) {
      assertEquals(Map.of(), again.read(Bytes::scan));
      assertEquals(Set.of(), again.blobs().keys());
      assertArrayEquals(Bytes.text("v"), get(other, "k"));
    }
  }

  @Test
  default void deletingWhatIsNotThereDoesNothing() {
    subject().store().delete("never");
    assertEquals(Set.of(), subject().store().names());
  }

  @Test
  default void anOpenSpaceIsNotDeleted() {
    Store store = subject().store();
    Space space = subject().space();
    put(space, "k", "v");
    assertThrows(StoreException.class, () -> store.delete("test"));
    assertArrayEquals(Bytes.text("v"), get(space, "k"));
    assertEquals(Set.of("test"), store.names());
  }

  @Test
  default void whatWasCommittedIsThereWhenOpenedAgain() {
    put(subject().space(), "k", "v");
    publish(subject().space(), "b");
    for (int time = 0; time < 3; time++) {
      Space again = subject().reopen();
      assertArrayEquals(Bytes.text("v"), get(again, "k"));
      assertEquals(1, again.blobs().length(Bytes.text("b")));
      assertEquals(Set.of("test"), subject().store().names());
    }
  }

  private static void put(Space space, String key, String value) {
    Commits.put(space, Bytes.text(key), Bytes.text(value));
  }

  private static byte[] get(Space space, String key) {
    return space.read(s -> s.get(Bytes.text(key)));
  }

  private static void publish(Space space, String key) {
    Commits.publish(space, Bytes.text(key), new byte[1]);
  }
}
