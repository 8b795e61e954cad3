// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

/** The story cannot go on; the message is a sentence for whoever watches. */
final class StoryException extends Exception {
  private static final long serialVersionUID = 1L;

  StoryException(String message) {
    super(message);
  }
}
