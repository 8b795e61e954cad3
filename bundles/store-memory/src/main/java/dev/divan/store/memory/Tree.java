// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable AVL tree from byte keys, compared as unsigned bytes, to byte values; null is the
 * empty one. A change copies the path to the root and shares the rest, so a root held by a reader
 * is a snapshot that costs nothing.
 */
final class Tree {
  final byte[] key;
  final byte[] value;
  final @Nullable Tree left;
  final @Nullable Tree right;
  private final int height;

  private Tree(byte[] key, byte[] value, @Nullable Tree left, @Nullable Tree right) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right;
    this.height = 1 + Math.max(height(left), height(right));
  }

  static byte @Nullable [] get(@Nullable Tree tree, byte[] key) {
    Tree at = tree;
    while (at != null) {
      int order = Arrays.compareUnsigned(key, at.key);
      if (order == 0) {
        return at.value;
      }
      at = order < 0 ? at.left : at.right;
    }
    return null;
  }

  /** The tree with the key set; keeps both arrays. */
  static Tree put(@Nullable Tree tree, byte[] key, byte[] value) {
    if (tree == null) {
      return new Tree(key, value, null, null);
    }
    int order = Arrays.compareUnsigned(key, tree.key);
    if (order == 0) {
      return new Tree(tree.key, value, tree.left, tree.right);
    }
    return order < 0
        ? balanced(tree, put(tree.left, key, value), tree.right)
        : balanced(tree, tree.left, put(tree.right, key, value));
  }

  /** The tree without the key; the same tree if the key is not there. */
  static @Nullable Tree delete(@Nullable Tree tree, byte[] key) {
    if (tree == null) {
      return null;
    }
    int order = Arrays.compareUnsigned(key, tree.key);
    if (order < 0) {
      Tree left = delete(tree.left, key);
      return left == tree.left ? tree : balanced(tree, left, tree.right);
    }
    if (order > 0) {
      Tree right = delete(tree.right, key);
      return right == tree.right ? tree : balanced(tree, tree.left, right);
    }
    if (tree.left == null) {
      return tree.right;
    }
    if (tree.right == null) {
      return tree.left;
    }
    return balanced(first(tree.right), tree.left, withoutFirst(tree.right));
  }

  private static Tree first(Tree tree) {
    Tree at = tree;
    while (at.left != null) {
      at = at.left;
    }
    return at;
  }

  private static @Nullable Tree withoutFirst(Tree tree) {
    return tree.left == null ? tree.right : balanced(tree, withoutFirst(tree.left), tree.right);
  }

  /** A node with the entry of {@code at} over two subtrees whose heights differ by at most 2. */
  private static Tree balanced(Tree at, @Nullable Tree left, @Nullable Tree right) {
    int lean = height(left) - height(right);
    if (lean > 1 && left != null) {
      Tree inner = left.right;
      if (inner != null && height(inner) > height(left.left)) {
        return over(inner, over(left, left.left, inner.left), over(at, inner.right, right));
      }
      return over(left, left.left, over(at, inner, right));
    }
    if (lean < -1 && right != null) {
      Tree inner = right.left;
      if (inner != null && height(inner) > height(right.right)) {
        return over(inner, over(at, left, inner.left), over(right, inner.right, right.right));
      }
      return over(right, over(at, left, inner), right.right);
    }
    return over(at, left, right);
  }

  private static Tree over(Tree at, @Nullable Tree left, @Nullable Tree right) {
    return new Tree(at.key, at.value, left, right);
  }

  static int height(@Nullable Tree tree) {
    return tree == null ? 0 : tree.height;
  }
}
