// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.concurrent.CompletableFuture;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Opens channels. A service with the property {@code schemes}, the URL schemes it can dial. Never
 * blocks.
 */
@ConsumerType
public interface Dialer {

  /**
   * Opens one channel. The future fails with a {@link DialException}; cancelling it gives the
   * attempt up.
   */
  CompletableFuture<Channel> dial(DialRequest request);
}
