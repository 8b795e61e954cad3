// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.instance;

import dev.divan.database.ListenerToken;
import dev.divan.events.letter.Letter;
import dev.divan.events.letter.PeerLetters;
import dev.divan.events.letter.Topics;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Writes of the clients of one listener, as long as it is a service. */
final class Receptionist implements AutoCloseable {
  private final Supplier<String> name;
  private final Topics topics;
  private final Consumer<Letter> post;
  private final ListenerToken token;
  private volatile boolean closed;

  Receptionist(
      Supplier<String> name, URLEndpointListener listener, Topics topics, Consumer<Letter> post) {
    this.name = name;
    this.topics = topics;
    this.post = post;
    this.token = listener.addSessionListener(this::came);
  }

  private void came(PassiveSession session) {
    if (closed) return;
    if (topics.wants(Topics.CONNECTED)) post.accept(PeerLetters.connected(name.get(), session));
    if (topics.wants(Topics.GONE))
      session.closed().whenComplete((closure, failure) -> went(session));
  }

  private void went(PassiveSession session) {
    if (!closed) post.accept(PeerLetters.gone(name.get(), session));
  }

  @Override
  public void close() {
    closed = true;
    token.remove();
  }
}
