// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.io.PrintStream;

/** Where the story is told: progress on one line that changes, or, in a file, on a few lines. */
final class Terminal {
  /** Between two lines of progress in a file, in ns; a file need not hold every step. */
  private static final long PAUSE = 400_000_000;

  private static final String ERASE_LINE = "\r\u001b[K";
  private static final String INDENT = "   ";

  private final PrintStream out;
  private final boolean live;
  private int chapter;
  private long shown = System.nanoTime();
  private boolean lineOpen;

  /**
   * @param live whether a line can be written over
   */
  Terminal(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  synchronized void chapter(String title) {
    print("");
    print(++chapter + "  " + title);
    shown = System.nanoTime();
  }

  synchronized void line(String text) {
    print(INDENT + text);
  }

  synchronized void plain(String text) {
    print(text);
  }

  synchronized void progress(String text) {
    if (live) {
      out.print(ERASE_LINE + INDENT + text);
      out.flush();
      lineOpen = true;
    } else if (System.nanoTime() - shown >= PAUSE) {
      shown = System.nanoTime();
      line(text);
    }
  }

  private void print(String text) {
    if (lineOpen) out.print(ERASE_LINE);
    lineOpen = false;
    out.println(text);
    out.flush();
  }
}
