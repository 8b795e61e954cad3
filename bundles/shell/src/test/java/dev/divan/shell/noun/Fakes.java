// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorStatus;
import dev.divan.testkit.fake.Fake;
import dev.divan.testkit.fake.FakeListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What the commands find in the node of their tests. */
final class Fakes {
  private Fakes() {}

  static FakeListener listener(Database database) {
    return new FakeListener(
        new URLEndpointListenerConfiguration(Set.of(database.getDefaultCollection()))
            .setNetworkInterface("host")
            .setDisableTLS(true));
  }

  static Replicator replicator(
      ReplicatorConfiguration configuration,
      AtomicReference<ReplicatorStatus> status,
      List<String> calls) {
    return Fake.of(
        Replicator.class,
        new Object() {
          ReplicatorConfiguration getConfiguration() {
            return configuration;
          }

          ReplicatorStatus getStatus() {
            return status.get();
          }

          List<String> openWork() {
            return List.of("handshake", "3 revisions");
          }

          Set<String> getPendingDocumentIds(Collection collection) {
            return Set.of("a", "b");
          }

          void start(boolean reset) {
            calls.add("start " + reset);
          }

          void stop() {
            calls.add("stop");
          }
        });
  }
}
