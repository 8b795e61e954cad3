// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.fake;

import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.PeerContext;
import dev.divan.transport.Closure;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A busy session of a listener, until a test ends it. */
public final class FakeSession {
  public final PassiveSession session = Fake.of(PassiveSession.class, this);

  /** To be completed when the session ends. */
  public final CompletableFuture<Closure> end = new CompletableFuture<>();

  public volatile long sent = 1;
  public volatile long received = 2;
  public volatile long bytesSent = 300;
  public volatile long bytesReceived = 4000;
  private final PeerContext peer;
  private final Instant since;

  public FakeSession(PeerContext peer, Instant since) {
    this.peer = peer;
    this.since = since;
  }

  PeerContext peer() {
    return peer;
  }

  Instant since() {
    return since;
  }

  boolean busy() {
    return true;
  }

  long sent() {
    return sent;
  }

  long received() {
    return received;
  }

  long bytesSent() {
    return bytesSent;
  }

  long bytesReceived() {
    return bytesReceived;
  }

  CompletionStage<Closure> closed() {
    return end;
  }
}
