// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import java.util.ArrayList;
import java.util.List;

/** A long list in pieces. */
final class Pieces {
  private Pieces() {}

  static <T> List<List<T>> of(List<T> whole, int most) {
    List<List<T>> pieces = new ArrayList<>();
    for (int from = 0; from < whole.size(); from += most)
      pieces.add(whole.subList(from, Math.min(from + most, whole.size())));
    return pieces;
  }
}
