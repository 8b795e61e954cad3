// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.checkpoint;

import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The content of a checkpoint (docs/protocol.md "Checkpoints"): {@code
 * {"time":…,"local":8,"localCompleted":[0,3,4,2], "remote":12}}.
 *
 * @param local which of our sequences are pushed
 * @param remote the peer's sequence up to which all is pulled, as JSON; null for none
 */
public record CheckpointState(SequenceSet local, @Nullable String remote) {

  /**
   * A body with more gaps than this forgets the later ranges: they are pushed again, and declined.
   */
  private static final int MAX_RANGES = 500;

  /**
   * Sequences in the gaps of a body that are remembered one by one; a body with more is one in
   * which nothing is pushed. Bounds what a peer's copy can cost us.
   */
  private static final long MAX_GAPS = 1_000_000;

  public static CheckpointState empty() {
    return new CheckpointState(new SequenceSet(0), null);
  }

  /** Reads a body; one that cannot be read is as good as none. */
  public static @Nullable CheckpointState parse(byte[] body) {
    Object tree;
    try {
      tree = Json.parse(body);
    } catch (JsonException unreadable) {
      return null;
    }
    if (!(tree instanceof Map<?, ?> map)) return null;
    Object remote = map.get("remote");
    return new CheckpointState(local(map), remote == null ? null : Json.text(remote));
  }

  private static SequenceSet local(Map<?, ?> map) {
    if (map.get("localCompleted") instanceof List<?> flat && flat.size() % 2 == 0) {
      List<long[]> ranges = new ArrayList<>();
      long end = 0;
      long gaps = 0;
      for (int i = 0; i < flat.size(); i += 2) {
        if (!(flat.get(i) instanceof Long start) || !(flat.get(i + 1) instanceof Long count))
          return new SequenceSet(0);
        if (start < end || count < 1 || count > Long.MAX_VALUE - start) return new SequenceSet(0);
        gaps += Math.min(start - end, MAX_GAPS + 1);
        if (gaps > MAX_GAPS) return new SequenceSet(0);
        ranges.add(new long[] {start, count});
        end = start + count;
      }
      return SequenceSet.ofRanges(ranges);
    }
    return new SequenceSet(map.get("local") instanceof Long local && local > 0 ? local : 0);
  }

  public byte[] print(long timeSeconds) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time", timeSeconds);
    map.put("local", local.settled());
    List<long[]> ranges = local.ranges(MAX_RANGES);
    if (ranges.size() > 1) {
      List<Object> flat = new ArrayList<>();
      for (long[] range : ranges) {
        flat.add(range[0]);
        flat.add(range[1]);
      }
      map.put("localCompleted", flat);
    }
    if (remote != null) map.put("remote", Json.parse(remote));
    return Json.print(map);
  }

  /**
   * Where to begin when our copy and the peer's may differ: what both say is pushed; pulled only if
   * they agree, else from the beginning.
   */
  public static CheckpointState agreed(
      @Nullable CheckpointState ours, @Nullable CheckpointState theirs) {
    if (ours == null || theirs == null) return empty();
    return new CheckpointState(
        SequenceSet.intersection(ours.local, theirs.local),
        Objects.equals(ours.remote, theirs.remote) ? ours.remote : null);
  }

  @Override
  public String toString() {
    return new String(print(0), StandardCharsets.UTF_8);
  }
}
