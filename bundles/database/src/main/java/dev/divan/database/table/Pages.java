// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.table;

import dev.divan.store.Cursor;
import dev.divan.store.Snapshot;
import dev.divan.store.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space piece by piece, each on a snapshot of its own, for a reader that cannot stay inside
 * one piece of work. It sees one state only while nobody writes.
 */
public final class Pages implements Snapshot {
  private static final int PAGE = 200;

  private final Space space;

  public Pages(Space space) {
    this.space = space;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return space.read(snapshot -> snapshot.get(key));
  }

  @Override
  public Cursor scan(byte[] from, byte @Nullable [] to) {
    return new Walk(from, to);
  }

  private final class Walk implements Cursor {
    private final byte @Nullable [] to;
    private byte @Nullable [] from;
    private List<byte[][]> page = List.of();
    private int at = -1;

    Walk(byte[] from, byte @Nullable [] to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public boolean next() {
      at++;
      byte[] start = from;
      if (at == page.size() && start != null) {
        page = space.read(snapshot -> read(snapshot, start));
        at = 0;
        // The least key after the last one read.
        from =
            page.size() < PAGE
                ? null
                : Arrays.copyOf(page.get(PAGE - 1)[0], page.get(PAGE - 1)[0].length + 1);
      }
      return at < page.size();
    }

    private List<byte[][]> read(Snapshot snapshot, byte[] start) {
      List<byte[][]> read = new ArrayList<>();
      try (Cursor cursor = snapshot.scan(start, to)) {
        while (read.size() < PAGE && cursor.next()) {
          read.add(new byte[][] {cursor.key(), cursor.value()});
        }
      }
      return read;
    }

    @Override
    public byte[] key() {
      return page.get(at)[0];
    }

    @Override
    public byte[] value() {
      return page.get(at)[1];
    }

    @Override
    public void close() {
      page = List.of();
      from = null;
    }
  }
}
