// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

/** Which texts may name a document. */
public final class DocumentIDs {

  /** Bytes of UTF-8; what other peers take. */
  public static final int MAX_BYTES = 240;

  private DocumentIDs() {}

  /**
   * Whether it is 1 to 240 bytes of UTF-8, without control characters, not starting with {@code _}.
   */
  public static boolean valid(String id) {
    if (id.isEmpty() || id.length() > MAX_BYTES || id.charAt(0) == '_') {
      return false;
    }
    int bytes = 0;
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (c < 0x80) {
        if (c < ' ' || c == 0x7f) {
          return false;
        }
        bytes++;
      } else if (c < 0x800) {
        if (c < 0xa0) {
          return false;
        }
        bytes += 2;
      } else if (!Character.isSurrogate(c)) {
        bytes += 3;
      } else {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < id.length()
                && Character.isLowSurrogate(id.charAt(i + 1));
        if (!pair) {
          return false;
        }
        bytes += 4;
        i++;
      }
    }
    return bytes <= MAX_BYTES;
  }
}
