// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.transport.Closure;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** One client being served. May be used by all threads. */
@ProviderType
public interface PassiveSession {

  PeerContext peer();

  Instant since();

  /** Whether a request, revision or blob is under way. */
  boolean busy();

  /** Documents sent and received so far. */
  long sent();

  long received();

  /**
   * Bytes of frames handed to the channel in this session, as BLIP made them: after its
   * compression, without what the transport adds.
   */
  long bytesSent();

  /** Bytes of frames the channel delivered in this session, counted likewise. */
  long bytesReceived();

  /** Closes with a code the peer will see. */
  void close(int code, String reason);

  /** Completes when the channel has ended. */
  CompletionStage<Closure> closed();
}
