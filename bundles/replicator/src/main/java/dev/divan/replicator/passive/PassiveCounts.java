// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import java.util.concurrent.atomic.AtomicLong;

/** Documents that went and came on one connection; counted on the lane, read from anywhere. */
final class PassiveCounts {
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  void sent() {
    sent.lazySet(sent.get() + 1);
  }

  void received() {
    received.lazySet(received.get() + 1);
  }

  long sentDocuments() {
    return sent.get();
  }

  long receivedDocuments() {
    return received.get();
  }
}
