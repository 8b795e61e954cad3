// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import java.util.Locale;

/**
 * How far a move has come.
 *
 * @param documents copied, tombstones among them
 * @param allDocuments as many as there were at the beginning
 * @param blobs copied, or found there
 * @param allBlobs as many as there were at the beginning
 */
public record Progress(long documents, long allDocuments, long blobs, long allBlobs) {

  /** Never 100, because it is not over before it is over. */
  public int percent() {
    long all = allDocuments + allBlobs;
    return all == 0 ? 0 : (int) Math.min(99, 100 * (documents + blobs) / all);
  }

  /** Whether it has come to another tenth of the way since then. */
  public boolean isTenthBeyond(Progress before) {
    return percent() / 10 > before.percent() / 10;
  }

  @Override
  public String toString() {
    String words =
        String.format(
            Locale.ROOT, "%,d of %,d documents", documents, Math.max(documents, allDocuments));
    if (allBlobs > 0) {
      words += String.format(Locale.ROOT, ", %,d of %,d blobs", blobs, Math.max(blobs, allBlobs));
    }
    return words + ", " + percent() + " %";
  }
}
