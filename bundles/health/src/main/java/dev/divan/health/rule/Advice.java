// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.rule;

import dev.divan.replicator.ReplicatorException;

/** What to do about an error between two peers. */
final class Advice {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 429;

  private Advice() {}

  static String on(ReplicatorException error) {
    return switch (error.getDomain()) {
      case HTTP -> http(error.getCode());
      case NETWORK -> network(error.getCode());
      case TLS ->
          "Compare the certificate the peer shows with the one that is trusted"
              + " (pinnedServerCertificate), and the clocks of both machines.";
      case WEBSOCKET -> "Look at the log of the peer.";
      case PEER -> "Look at the log of the peer, and at its disk.";
      case LOCAL -> "Look at the log here.";
    };
  }

  private static String http(int status) {
    return switch (status) {
      case UNAUTHORIZED -> "Check user name and password, here and at the peer.";
      case FORBIDDEN -> "Ask the peer's operator whether this node may come in.";
      case NOT_FOUND -> "Check the database at the end of the URL, and the collections.";
      case TOO_MANY -> "Logins from this address have failed too often; it may come in later.";
      default -> "Look at the log of the peer.";
    };
  }

  private static String network(int code) {
    return switch (code) {
      case ReplicatorException.NETWORK_UNKNOWN_HOST -> "Check the host name, and the name server.";
      case ReplicatorException.NETWORK_REFUSED ->
          "Check that the peer runs, and the port in the URL.";
      default -> "Check the network, the peer, and the firewalls between.";
    };
  }
}
