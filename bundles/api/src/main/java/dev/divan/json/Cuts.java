// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The members to be taken out of an object, in their order. */
final class Cuts {
  private List<Cut> cuts = List.of();

  /** One member: from its key to where the next one begins, or to the brace after the last. */
  static final class Cut {
    final int start;
    int end;

    private Cut(int start) {
      this.start = start;
    }
  }

  /** A member that begins here; its end is still to be set. */
  Cut add(int start) {
    cuts = cuts.isEmpty() ? new ArrayList<>() : cuts;
    Cut cut = new Cut(start);
    cuts.add(cut);
    return cut;
  }

  /** Leaves a member where it is after all. */
  void spare(Cut cut) {
    cuts.remove(cut);
  }

  /** The object without the members; the same array if there are none. */
  byte[] apply(byte[] json) {
    if (cuts.isEmpty()) {
      return json;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length);
    int from = 0;
    for (Cut cut : cuts) {
      out.write(json, from, cut.start - from);
      from = cut.end;
    }
    byte[] kept = out.toByteArray();
    int length = kept.length;
    if (json[from] == '}') {
      // The last member goes, so the comma before it must: what is kept ends with that, or with the
      // opening brace, and blanks.
      while (kept[length - 1] <= ' ') {
        length--;
      }
      length -= kept[length - 1] == ',' ? 1 : 0;
    }
    out.reset();
    out.write(kept, 0, length);
    out.write(json, from, json.length - from);
    return out.toByteArray();
  }
}
