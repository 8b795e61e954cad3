// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.instance;

import dev.divan.replicator.conversation.Threads;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The bundle's threads, for all its conversations. */
@Component(service = ConversationThreads.class)
public final class ConversationThreads {
  private final Threads threads;

  @Activate
  public ConversationThreads() {
    this(new Threads());
  }

  ConversationThreads(Threads threads) {
    this.threads = threads;
  }

  Threads get() {
    return threads;
  }

  @Deactivate
  void deactivate() {
    threads.close();
  }
}
