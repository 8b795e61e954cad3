// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import java.util.HashMap;
import java.util.Map;

/** What is told of the clients of listeners. */
public final class PeerLetters {
  private PeerLetters() {}

  public static Letter connected(String listener, PassiveSession session) {
    return new Letter(Topics.CONNECTED, origin(listener, session), null, 0);
  }

  public static Letter gone(String listener, PassiveSession session) {
    Map<String, Object> properties = origin(listener, session);
    properties.put("sent", session.sent());
    properties.put("received", session.received());
    properties.put("bytesSent", session.bytesSent());
    properties.put("bytesReceived", session.bytesReceived());
    return new Letter(Topics.GONE, properties, null, 0);
  }

  private static Map<String, Object> origin(String listener, PassiveSession session) {
    PeerContext peer = session.peer();
    Map<String, Object> properties = new HashMap<>();
    properties.put("listener", listener);
    properties.put("peer", peer.id());
    properties.put("address", peer.address());
    properties.put("since", session.since().toEpochMilli());
    if (peer.principal() != null) properties.put("principal", peer.principal());
    properties.put("roles", peer.roles().stream().sorted().toArray(String[]::new));
    return properties;
  }
}
