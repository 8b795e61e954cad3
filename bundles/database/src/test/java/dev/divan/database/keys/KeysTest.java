// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void theBytesAreAsDocumented() {
    CollectionKeys keys = new CollectionKeys(300);
    byte[] id = CollectionKeys.bytes("aä");
    assertHex("10ac0261c3a4", keys.document(id));
    assertHex("11ac020000000000000102", keys.sequence(0x102));
    assertHex("12ac0261c3a40005", keys.held(id, 5));
    assertHex("14ac0261c3a4", keys.expires(id));
    assertHex("130000018d00000000ac0261c3a4", keys.expiration(0x18d00000000L, id));
    assertHex("01", Keys.about());
    assertHex("02612e62", Keys.collection("a.b"));
    assertHex("03ac02", Keys.state(300));
    assertHex("06ac02", Keys.dropped(300));
    assertHex("07", Keys.standing());
    assertEquals(21, Keys.peer("wss://somewhere").length);
  }

  @Test
  void whatIsBuiltIsTakenApart() {
    CollectionKeys keys = new CollectionKeys(1000);
    byte[] id = CollectionKeys.bytes("döc");
    assertEquals("döc", keys.documentID(keys.document(id)));
    assertEquals(77, keys.sequence(keys.sequence(77)));
    assertEquals(200, keys.peer(keys.held(id, 200)));
    assertEquals(new Keys.Expiration(123, 1000, "döc"), Keys.expiration(keys.expiration(123, id)));
    assertEquals("s.c", Keys.collectionName(Keys.collection("s.c")));
    assertEquals(1000, Keys.droppedNumber(Keys.dropped(1000)));
  }

  @Test
  void keysSortAsWhatTheyName() {
    CollectionKeys keys = new CollectionKeys(1);
    List<String> ids = List.of("A", "a", "aa", "b", "z", "ä", "\uffff", "😀");
    for (int i = 1; i < ids.size(); i++) {
      assertBefore(key(keys, ids.get(i - 1)), key(keys, ids.get(i)));
    }
    long[] sequences = {1, 127, 128, 255, 256, 1L << 32, Long.MAX_VALUE};
    for (int i = 1; i < sequences.length; i++) {
      assertBefore(keys.sequence(sequences[i - 1]), keys.sequence(sequences[i]));
    }
  }

  @Test
  void theKeysOfOneCollectionLieBetweenItsPrefixAndWhatComesAfter() {
    long[] numbers = {1, 2, 127, 128, 129, 255, 256, 16383, 16384, 1L << 40};
    for (long number : numbers) {
      CollectionKeys keys = new CollectionKeys(number);
      byte[] from = keys.documents();
      byte[] to = Keys.after(from);
      for (long other : numbers) {
        byte[] key = key(new CollectionKeys(other), "\uffff");
        boolean within =
            Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
        assertEquals(number == other, within, number + " and " + other);
      }
    }
  }

  @Test
  void whatPeersHoldOfOneDocumentLiesTogether() {
    CollectionKeys keys = new CollectionKeys(1);
    byte[] prefix = keys.held(CollectionKeys.bytes("a"));
    byte[] other = keys.held(CollectionKeys.bytes("a!"), 1);
    assertBefore(keys.held(CollectionKeys.bytes("a"), 1L << 40), other);
    assertTrue(Arrays.compareUnsigned(Keys.after(prefix), other) <= 0);
    assertNotEquals(prefix.length, other.length);
  }

  @Test
  void numbersOfAllLengthsAreRead() {
    for (int bits = 0; bits < 63; bits++) {
      for (long number : new long[] {(1L << bits) - 1, 1L << bits}) {
        byte[] bytes = new Bytes(Bytes.sizeOf(number)).number(number).done();
        assertEquals(number, new Bytes(bytes, 0).readNumber());
      }
    }
  }

  private static byte[] key(CollectionKeys keys, String id) {
    return keys.document(CollectionKeys.bytes(id));
  }

  private static void assertBefore(byte[] a, byte[] b) {
    assertTrue(Arrays.compareUnsigned(a, b) < 0);
  }

  private static void assertHex(String hex, byte[] bytes) {
    assertEquals(hex, HexFormat.of().formatHex(bytes));
  }
}
