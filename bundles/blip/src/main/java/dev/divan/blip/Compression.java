// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

/** How hard to try to make a message smaller. Receivers accept any. */
public enum Compression {
  /** Not at all: for what is small or does not shrink. */
  NONE(0),
  /** Quickly; for networks that are not slower than the processor. */
  FAST(1),
  /** Well, at two and a half times the cost of {@link #FAST}. */
  DEFAULT(6);

  final int level;

  Compression(int level) {
    this.level = level;
  }
}
