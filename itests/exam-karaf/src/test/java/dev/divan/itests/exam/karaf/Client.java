// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.karaf;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.Collection;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorActivityLevel;
import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorFactory;
import dev.divan.replicator.URLEndpoint;

/** Somebody who comes to a listener with a user name and a password. */
record Client(ReplicatorFactory replicators, Collection documents) {
  static final int ADMITTED = 0;
  static final int UNAUTHORIZED = 401;

  /** Syncs once, and tells how it went: {@link #ADMITTED}, or the code of what was in the way. */
  int login(URLEndpointListener listener, String username, String password) throws Exception {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(new URLEndpoint(listener.getUrls().get(0)))
            .addCollection(documents)
            .setAuthenticator(new BasicAuthenticator(username, password.toCharArray()))
            .setAcceptOnlySelfSignedServerCertificate(true)
            .setMaxAttempts(1);
    try (Replicator replicator = replicators.create(configuration)) {
      replicator.start();
      Await.that(
          "stopped",
          () -> replicator.getStatus().activityLevel() == ReplicatorActivityLevel.STOPPED);
      ReplicatorException error = replicator.getStatus().error();
      return error == null ? ADMITTED : error.getCode();
    }
  }
}
