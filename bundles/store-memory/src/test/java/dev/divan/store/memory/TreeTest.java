// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void staysBalancedWhateverIsPutAndDeleted() {
    Random random = new Random(1);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    Tree tree = null;
    for (int step = 0; step < 20_000; step++) {
      byte[] key = {(byte) random.nextInt(8), (byte) random.nextInt(64)};
      if (random.nextInt(5) < 2) {
        tree = Tree.delete(tree, key);
        model.remove(key);
      } else {
        byte[] value = {(byte) step};
        tree = Tree.put(tree, key, value);
        model.put(key, value);
      }
      if (step % 100 == 0) {
        assertEquals(model.size(), checked(tree));
      }
    }
    assertEquals(model.size(), checked(tree));
    for (byte[] key : model.keySet()) {
      assertArrayEquals(model.get(key), Tree.get(tree, key));
    }
  }

  @Test
  void growsLogarithmicallyOnKeysInOrder() {
    Tree tree = null;
    for (int i = 0; i < 1 << 16; i++) {
      tree = Tree.put(tree, new byte[] {(byte) (i >> 8), (byte) i}, new byte[0]);
    }
    assertTrue(Tree.height(tree) <= 17, () -> "2^16 keys in order fit 17 levels");
  }

  @Test
  void anOlderRootKeepsWhatItHeld() {
    Tree old = Tree.put(null, new byte[] {1}, new byte[] {1});
    Tree newer = Tree.put(Tree.put(old, new byte[] {2}, new byte[0]), new byte[] {1}, new byte[0]);
    assertEquals(2, checked(newer));
    assertEquals(1, checked(old));
    assertArrayEquals(new byte[] {1}, Tree.get(old, new byte[] {1}));
    assertSame(old, Tree.delete(old, new byte[] {9}));
    assertNotNull(Tree.delete(newer, new byte[] {1}));
  }

  /** The number of entries, after checking order and balance of every node. */
  private static int checked(@Nullable Tree tree) {
    if (tree == null) {
      return 0;
    }
    assertTrue(Math.abs(Tree.height(tree.left) - Tree.height(tree.right)) <= 1);
    if (tree.left != null) {
      assertTrue(Arrays.compareUnsigned(tree.left.key, tree.key) < 0);
    }
    if (tree.right != null) {
      assertTrue(Arrays.compareUnsigned(tree.key, tree.right.key) < 0);
    }
    return 1 + checked(tree.left) + checked(tree.right);
  }
}
