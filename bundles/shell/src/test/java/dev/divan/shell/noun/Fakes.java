// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Database;
import dev.divan.listener.ConnectionStatus;
import dev.divan.listener.URLEndpointListener;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorStatus;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Interfaces that answer what they were told. */
final class Fakes {
  private Fakes() {}

  /** Answers each method by name; {@code null} for the others. */
  static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Function<Object[], Object> answer = answers.get(method.getName());
              if (answer != null) return answer.apply(arguments);
              return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> null;
              };
            }));
  }

  static URLEndpointListener listener(
      Database database, List<PassiveSession> sessions, List<String> calls) {
    URLEndpointListenerConfiguration configuration =
        new URLEndpointListenerConfiguration(Set.of(database.getDefaultCollection()))
            .setDisableTLS(true);
    return of(
        URLEndpointListener.class,
        Map.of(
            "getConfiguration", none -> configuration,
            "getStatus", none -> new ConnectionStatus(sessions.size(), 1),
            "getSessions", none -> List.copyOf(sessions),
            "getUrls",
                none ->
                    calls.contains("stop")
                        ? List.of()
                        : List.of(URI.create("ws://host:4984/notes")),
            "start", none -> calls.add("start") ? null : null,
            "stop", none -> calls.add("stop") ? null : null));
  }

  static PassiveSession session(String principal, String address, long[] counts) {
    Instant since = Instant.now().minusSeconds(130);
    return of(
        PassiveSession.class,
        Map.of(
            "peer", none -> new PeerContext("phone-7", address, principal, Set.of()),
            "since", none -> since,
            "busy", none -> true,
            "sent", none -> counts[0],
            "received", none -> counts[1],
            "bytesSent", none -> counts[2],
            "bytesReceived", none -> counts[3]));
  }

  static Replicator replicator(
      ReplicatorConfiguration configuration,
      AtomicReference<ReplicatorStatus> status,
      List<String> calls) {
    return of(
        Replicator.class,
        Map.of(
            "getConfiguration", none -> configuration,
            "getStatus", none -> status.get(),
            "openWork", none -> new ArrayList<>(List.of("handshake", "3 revisions")),
            "getPendingDocumentIds", collection -> Set.of("a", "b"),
            "start", reset -> calls.add("start " + reset[0]) ? null : null,
            "stop", none -> calls.add("stop") ? null : null));
  }
}
