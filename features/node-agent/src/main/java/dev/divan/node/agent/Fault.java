// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

/**
 * Something in the configuration that keeps a part from working.
 *
 * @param file where
 * @param sentence the property, and what is wrong with it
 * @param hope whether it may mend by itself
 */
record Fault(String file, String sentence, Hope hope) {

  enum Hope {
    /** Somebody has to mend it. */
    NONE,
    /**
     * Something else may be about to come that mends it; if nothing moves any more, nothing will.
     */
    SOME,
    /** It is under way. */
    FULL
  }

  @Override
  public String toString() {
    return file + ": " + sentence;
  }
}
