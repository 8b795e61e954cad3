// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.active;

import dev.divan.replicator.CollectionConfiguration;
import dev.divan.replicator.conversation.AwayException;
import dev.divan.replicator.conversation.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked about the documents of one collection: the filters and the resolver of this moment.
 * Others may take their place while the session runs. While one is away, what it would be asked is
 * held, its documents stay unsettled, and the checkpoint does not pass them; held are at most the
 * revisions that the pull half may expect and one list of the push half.
 *
 * <p>All on the lane, except where a method says otherwise.
 */
final class Rules {

  /** A question to whoever is there; asked on a worker. */
  interface Question<T> {
    T ask(CollectionConfiguration now);
  }

  private final Talk talk;
  private final List<Runnable> held = new ArrayList<>();
  private CollectionConfiguration now;
  private int version;
  private volatile @Nullable String holding;

  Rules(Talk talk, CollectionConfiguration now) {
    this.talk = talk;
    this.now = now;
  }

  CollectionConfiguration now() {
    return now;
  }

  /** Others are asked from here on, what is held first. */
  void change(CollectionConfiguration next) {
    now = next;
    version++;
    holding = null;
    List<Runnable> again = List.copyOf(held);
    held.clear();
    again.forEach(Runnable::run);
  }

  /** Asks, and asks again as soon as there is somebody to ask. */
  <T> void ask(Question<T> question, BiConsumer<? super T, ? super @Nullable Throwable> then) {
    CollectionConfiguration asked = now;
    int before = version;
    talk.offLane(
        () -> question.ask(asked),
        (answer, failure) -> {
          if (!(failure instanceof AwayException away)) then.accept(answer, failure);
          else if (before != version) ask(question, then);
          else {
            holding = away.getMessage();
            held.add(() -> ask(question, then));
          }
        });
  }

  /** Why something is held; null if nothing is. From any thread. */
  @Nullable String holding() {
    return holding;
  }
}
