// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.blip.codec.Flags;
import dev.divan.blip.codec.Vectors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded sessions, each direction played to a connection that has asked what was answered. */
class SessionReplayTest {

  static List<String> sessions() {
    return Vectors.REPLAYABLE;
  }

  @DisplayName("conformance 19: a connection takes every recorded stream, both directions")
  @ParameterizedTest
  @MethodSource("sessions")
  void streamsAreTaken(String session) throws Exception {
    Map<String, Rig> rigs = new HashMap<>();
    Map<String, Integer> expected = new HashMap<>();
    Set<String> asked = new HashSet<>();
    for (Vectors.Event event : Vectors.frames(session)) {
      byte[] bytes = event.bytes();
      if (session.startsWith("16") && event.connection() >= 48 && event.connection() <= 55) {
        continue; // violations, on purpose
      }
      String type = (String) event.get("flags");
      if (type.startsWith("ACK")) {
        rigs.computeIfAbsent(event.stream(), s -> new Rig()).receive(bytes);
        continue;
      }
      Rig to = rigs.computeIfAbsent(event.stream(), s -> new Rig());
      int flags = Integer.decode(type.split(" ")[0]);
      if ((flags & Flags.TYPE) == Flags.MSG && asked.add(event.stream() + event.get("msgNo"))) {
        // The connection that answers in the other stream has to have asked.
        String back = event.direction().equals("C->S") ? "S->C" : "C->S";
        Outgoing same = new Outgoing(Properties.of("Profile", "same"));
        rigs.computeIfAbsent(event.connection() + " " + back, s -> new Rig())
            .send((flags & Flags.NO_REPLY) != 0 ? same.noReply() : same);
      }
      if ((flags & (Flags.TYPE | Flags.MORE_COMING)) == Flags.MSG) {
        expected.merge(event.stream(), 1, Integer::sum);
      }
      to.receive(bytes);
      assertNull(to.channel.closed, event::toString);
    }
    assertTrue(!rigs.isEmpty());
    rigs.forEach(
        (stream, rig) -> {
          assertNull(rig.channel.closed, stream);
          assertEquals(expected.getOrDefault(stream, 0), rig.requests.size(), stream);
        });
  }
}
