// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip.codec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The captured sessions among the test resources. */
public final class Vectors {
  /** All that can be replayed. */
  public static final List<String> REPLAYABLE =
      List.of(
          "01-push",
          "02-push-legacy-attachments",
          "03-push-delta",
          "04-pull",
          "05-pull-delta",
          "06-conflict",
          "07-multiframe-compressed",
          "08-interleaved",
          "09-empty-compressed-final-frame-REJECTED",
          "11-heartbeat",
          "12-http-auth",
          "13-passive-push",
          "14-passive-pull",
          "15-collections",
          "16-passive-errors",
          "17-passive-conflict-delta-blob",
          "20-v4-push",
          "21-v4-pull",
          "22-v4-conflict",
          "23-v4-legacy",
          "24-v4-delta-blob");

  private Vectors() {}

  /**
   * One event of a session.
   *
   * @param raw all its fields
   */
  public record Event(Map<String, Object> raw) {
    public String stream() {
      return raw.get("conn") + " " + raw.get("dir");
    }

    public long connection() {
      return (Long) raw.get("conn");
    }

    public String direction() {
      return (String) raw.get("dir");
    }

    public String kind() {
      return (String) raw.get("kind");
    }

    public byte[] bytes() {
      return hex((String) raw.get("hex"));
    }

    public @Nullable Object get(String key) {
      return raw.get(key);
    }

    @Override
    public String toString() {
      return "event " + raw.get("n");
    }
  }

  @SuppressWarnings("unchecked")
  public static List<Event> frames(String name) throws IOException {
    List<Event> frames = new ArrayList<>();
    for (Object event : (List<Object>) Json.resource("/vectors/" + name + ".json").get("events")) {
      Event e = new Event((Map<String, Object>) event);
      if (e.kind().equals("frame")) {
        frames.add(e);
      }
    }
    return frames;
  }

  public static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
