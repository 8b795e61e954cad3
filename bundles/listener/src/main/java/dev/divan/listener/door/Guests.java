// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.database.ListenerToken;
import dev.divan.replicator.PassiveSession;
import dev.divan.transport.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is in. May be used by all threads. */
final class Guests {
  /** How long a closing guest is waited for before its connection is cut; as for the echo. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final Map<PassiveSession, Channel> present = new ConcurrentHashMap<>();
  private final List<Hearing> hearings = new CopyOnWriteArrayList<>();
  private final Duration patience;

  Guests(Duration patience) {
    this.patience = patience;
  }

  /** Stays until its channel ends. */
  void add(PassiveSession session, Channel channel) {
    present.put(session, channel);
    session.closed().whenComplete((closure, failure) -> present.remove(session));
    for (Hearing each : hearings) {
      each.of(session);
    }
  }

  /** Tells of each guest that comes. */
  ListenerToken announceTo(Consumer<PassiveSession> listener) {
    Hearing hearing = new Hearing(listener);
    hearings.add(hearing);
    return () -> hearings.remove(hearing);
  }

  /** One who is told; an object of its own, as the same listener may be given twice. */
  private static final class Hearing {
    private final Consumer<PassiveSession> listener;

    Hearing(Consumer<PassiveSession> listener) {
      this.listener = listener;
    }

    void of(PassiveSession session) {
      try {
        listener.accept(session);
      } catch (RuntimeException e) {
        LOG.warn("a session listener failed", e);
      }
    }
  }

  int count() {
    return present.size();
  }

  List<PassiveSession> list() {
    return List.copyOf(present.keySet());
  }

  /** Asks all to leave, and returns at once. */
  List<PassiveSession> sendAway(int code, String reason) {
    List<PassiveSession> leaving = list();
    for (PassiveSession session : leaving) {
      try {
        session.close(code, reason);
      } catch (RuntimeException e) {
        LOG.warn("a session does not close; its connection is cut", e);
        cut(session);
      }
    }
    return leaving;
  }

  /** Waits for those to have left, and then cuts who has not. */
  void await(List<PassiveSession> leaving) {
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (PassiveSession session : leaving) {
      ends.add(session.closed().toCompletableFuture());
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("not everyone has left in {}", patience, e);
    }
    leaving.forEach(this::cut);
  }

  private void cut(PassiveSession session) {
    Channel channel = present.remove(session);
    if (channel != null) {
      channel.abort();
    }
  }
}
