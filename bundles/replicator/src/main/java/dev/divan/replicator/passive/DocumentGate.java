// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.database.Document;
import dev.divan.database.replica.Change;
import dev.divan.replicator.DocumentFlag;
import dev.divan.replicator.PassiveConfiguration;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.ReplicationFilter;
import dev.divan.replicator.conversation.AwayException;
import dev.divan.replicator.conversation.Intake.Arrival;
import dev.divan.replicator.conversation.Screening;
import dev.divan.replicator.conversation.Talk;
import dev.divan.replicator.conversation.Topic;
import dev.divan.transport.Closure;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What documents of one collection pass in one direction. Each is shown to the filter of that
 * moment, on a worker. If there is none to ask, nothing passes and the client is sent away to come
 * back: what it has not been told, or has not been answered, is dealt with then.
 */
final class DocumentGate {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.sync");

  private final Talk talk;
  private final String words;
  private final Supplier<? extends @Nullable ReplicationFilter> source;
  private final Screening screening;

  /**
   * @param words for logs, such as {@code sendFilter}
   */
  DocumentGate(
      Talk talk,
      Topic topic,
      PeerContext peer,
      String words,
      Supplier<? extends @Nullable ReplicationFilter> source) {
    this.talk = talk;
    this.words = words;
    this.source = source;
    this.screening = new Screening(talk.database(), topic, peer);
  }

  /** Whether all may pass without being shown. */
  boolean isOpen() {
    return source.get() == PassiveConfiguration.EVERYTHING;
  }

  /** Calls back on the lane with what passes, in its order; never, if nobody is there to ask. */
  void outgoing(List<Change> changes, Consumer<List<Change>> passing) {
    ask(() -> screening.outgoing(this::passes, changes), Change::documentID, passing);
  }

  void incoming(List<Arrival> arrivals, Consumer<List<Arrival>> passing) {
    ask(() -> screening.incoming(this::passes, arrivals), Arrival::documentID, passing);
  }

  private <T> void ask(
      Callable<Screening.Result<T>> question,
      Function<? super T, String> documentID,
      Consumer<List<T>> passing) {
    talk.offLane(
        question,
        (result, failure) -> {
          if (result == null) {
            if (failure instanceof AwayException)
              LOG.warn("the client is sent away to come back: {}", failure.getMessage());
            else
              LOG.error(
                  "the client is sent away: documents cannot be shown to the {}", words, failure);
            talk.close(Closure.TRANSIENT, "the " + words + " cannot be asked now");
            return;
          }
          report(result.failed(), documentID);
          passing.accept(result.passing());
        });
  }

  private boolean passes(Document document, Set<DocumentFlag> flags, PeerContext peer) {
    ReplicationFilter now = source.get();
    if (now == null) throw new AwayException("there is no " + words);
    try {
      return now.filtered(document, flags, peer);
    } catch (RuntimeException | Error e) {
      if (source.get() == now) throw e;
      throw new AwayException("the " + words + " went while it was asked");
    }
  }

  /** One line a batch, whatever a filter fails on. */
  private <T> void report(Map<T, Throwable> failed, Function<? super T, String> documentID) {
    if (failed.isEmpty()) return;
    Map.Entry<T, Throwable> first = failed.entrySet().iterator().next();
    LOG.warn(
        "the {} failed on {} of these documents, which do not pass; the first is {}",
        words,
        failed.size(),
        documentID.apply(first.getKey()),
        first.getValue());
  }
}
