// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.store.Cursor;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A space is an ordered map from bytes to bytes, and shares no array with its caller. */
interface MapRules extends Rules {
  int MB = 1 << 20;

  @Test
  default void aKeyHasTheLastValuePutUntilDeleted() {
    byte[] key = Bytes.text("k");
    Space space = subject().space();
    assertNull(space.read(s -> s.get(key)));
    put(key, Bytes.text("first"));
    assertArrayEquals(Bytes.text("first"), space.read(s -> s.get(key)));
    put(key, Bytes.text("second, longer"));
    assertArrayEquals(Bytes.text("second, longer"), space.read(s -> s.get(key)));
    delete(key);
    assertNull(space.read(s -> s.get(key)));
    delete(key);
    assertNull(space.read(s -> s.get(key)));
  }

  @Test
  default void aValueOfNoBytesIsNotAnAbsentOne() {
    put(Bytes.text("k"), new byte[0]);
    assertArrayEquals(new byte[0], subject().space().read(s -> s.get(Bytes.text("k"))));
    assertEquals(Map.of("6b", ""), subject().space().read(Bytes::scan));
    assertArrayEquals(new byte[0], subject().reopen().read(s -> s.get(Bytes.text("k"))));
  }

  @Test
  default void keysSortAsUnsignedBytes() {
    TreeMap<byte[], byte[]> model = putNastyKeys();
    Bytes.assertSame(model, subject().space().read(Bytes::scan));
    Bytes.assertSame(model, subject().reopen().read(Bytes::scan));
  }

  @Test
  default void aScanGivesTheKeysFromInclusiveToExclusive() {
    TreeMap<byte[], byte[]> model = putNastyKeys();
    List<byte[]> bounds = new ArrayList<>(model.keySet());
    bounds.add(new byte[0]);
    bounds.add(new byte[2000]);
    bounds.add(Bytes.text("k"));
    subject()
        .space()
        .read(
            s -> {
              for (byte[] from : bounds) {
                Bytes.assertSame(model.tailMap(from), Bytes.scan(s, from, null));
                for (byte[] to : bounds) {
                  SortedMap<byte[], byte[]> expected =
                      Arrays.compareUnsigned(from, to) < 0 ? model.subMap(from, to) : Bytes.model();
                  Bytes.assertSame(expected, Bytes.scan(s, from, to));
                }
              }
              return true;
            });
  }

  @Test
  default void everyNastyKeyIsFoundAndCanBeDeleted() {
    TreeMap<byte[], byte[]> model = putNastyKeys();
    for (byte[] key : List.copyOf(model.keySet())) {
      assertArrayEquals(model.get(key), subject().space().read(s -> s.get(key)));
    }
    for (byte[] key : Bytes.nastyKeys().subList(0, 60)) {
      delete(key);
      model.remove(key);
    }
    Bytes.assertSame(model, subject().space().read(Bytes::scan));
  }

  @Test
  default void keysHave1To1024Bytes() {
    Space space = subject().space();
    byte[] longest = Bytes.random(1, 1024);
    put(longest, Bytes.text("v"));
    assertArrayEquals(Bytes.text("v"), space.read(s -> s.get(longest)));
    assertThrows(StoreException.class, () -> put(new byte[0], new byte[1]));
    assertThrows(StoreException.class, () -> put(new byte[1025], new byte[1]));
    assertEquals(1, space.read(Bytes::scan).size());
  }

  @Test
  default void valuesOfAllSizesUpTo64MbComeBackWhole() {
    int[] sizes = {1, 255, 4096, 65_535, 65_536, MB - 1, 7 * MB, 8 * MB, 9 * MB + 17, 64 * MB};
    for (int size : sizes) {
      put(Bytes.number(size), Bytes.random(size, size));
    }
    subject().reopen();
    for (int size : sizes) {
      byte[] value = subject().space().read(s -> s.get(Bytes.number(size)));
      assertTrue(Arrays.equals(Bytes.random(size, size), value), () -> size + " bytes");
    }
    List<Long> seen = new ArrayList<>();
    subject()
        .space()
        .read(
            s -> {
              try (Cursor cursor = s.scan(new byte[0], null)) {
                while (cursor.next()) {
                  long size = Bytes.number(cursor.key());
                  assertTrue(
                      Arrays.equals(Bytes.random(size, (int) size), cursor.value()),
                      () -> size + " bytes by cursor");
                  seen.add(size);
                }
              }
              return true;
            });
    assertEquals(Arrays.stream(sizes).asLongStream().boxed().toList(), seen);
  }

  @Test
  default void largeValuesCanBeReplacedAndDeleted() {
    byte[] key = Bytes.text("large");
    put(key, Bytes.random(1, 20 * MB));
    put(key, Bytes.text("small"));
    assertArrayEquals(Bytes.text("small"), subject().space().read(s -> s.get(key)));
    put(key, Bytes.random(2, 10 * MB));
    assertTrue(Arrays.equals(Bytes.random(2, 10 * MB), subject().space().read(s -> s.get(key))));
    delete(key);
    assertNull(subject().reopen().read(s -> s.get(key)));
    assertEquals(Map.of(), subject().space().read(Bytes::scan));
  }

  @Test
  default void aValueOver64MbIsRefusedAndNothingWritten() {
    assertThrows(
        StoreException.class,
        () ->
            subject()
                .space()
                .write(
                    t -> {
                      t.put(Bytes.text("a"), new byte[1]);
                      t.put(Bytes.text("b"), new byte[64 * MB + 1]);
                      return true;
                    }));
    assertEquals(Map.of(), subject().space().read(Bytes::scan));
  }

  @Test
  default void theStoreDoesNotKeepTheArraysItIsGiven() {
    byte[] key = Bytes.text("key");
    byte[] value = Bytes.text("value");
    subject()
        .space()
        .write(
            t -> {
              t.put(key, value);
              Arrays.fill(key, (byte) 'x');
              Arrays.fill(value, (byte) 'x');
              assertArrayEquals(Bytes.text("value"), t.get(Bytes.text("key")));
              return true;
            });
    Map<byte[], byte[]> expected = Bytes.model();
    expected.put(Bytes.text("key"), Bytes.text("value"));
    Bytes.assertSame(expected, subject().space().read(Bytes::scan));
    byte[] from = Bytes.text("k");
    byte[] to = Bytes.text("l");
    subject()
        .space()
        .read(
            s -> {
              try (Cursor cursor = s.scan(from, to)) {
                from[0] = (byte) 0xff;
                to[0] = 0;
                assertTrue(cursor.next());
                assertFalse(cursor.next());
              }
              return true;
            });
  }

  @Test
  default void theArraysReadBelongToTheCaller() {
    byte[] key = Bytes.text("key");
    put(key, Bytes.text("value"));
    subject()
        .space()
        .write(
            t -> {
              Arrays.fill(t.get(key), (byte) 'x');
              assertArrayEquals(Bytes.text("value"), t.get(key));
              try (Cursor cursor = t.scan(key, null)) {
                assertTrue(cursor.next());
                assertNotSame(cursor.key(), cursor.key());
                Arrays.fill(cursor.key(), (byte) 'x');
                Arrays.fill(cursor.value(), (byte) 'x');
                assertArrayEquals(key, cursor.key());
                assertArrayEquals(Bytes.text("value"), cursor.value());
              }
              return true;
            });
    Map<byte[], byte[]> expected = Bytes.model();
    expected.put(key, Bytes.text("value"));
    Bytes.assertSame(expected, subject().space().read(Bytes::scan));
  }

  private TreeMap<byte[], byte[]> putNastyKeys() {
    TreeMap<byte[], byte[]> model = Bytes.model();
    subject()
        .space()
        .write(
            t -> {
              int number = 0;
              for (byte[] key : Bytes.nastyKeys()) {
                byte[] value = Bytes.number(number++);
                t.put(key, value);
                model.put(key, value);
              }
              return true;
            });
    return model;
  }

  private void put(byte[] key, byte[] value) {
    Commits.put(subject().space(), key, value);
  }

  private void delete(byte[] key) {
    Commits.delete(subject().space(), key);
  }
}
