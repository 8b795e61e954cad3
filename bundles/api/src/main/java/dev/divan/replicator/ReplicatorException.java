// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong between two peers, in the codes of the wire, for a replicator or for one
 * document.
 */
public class ReplicatorException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Whose codes they are. */
  public enum Domain {
    /** HTTP statuses: of the upgrade, or inside messages. */
    HTTP,
    /** WebSocket close codes, 1000 and up. */
    WEBSOCKET,
    /** The network: see {@link ReplicatorException#NETWORK_REFUSED} and its neighbours. */
    NETWORK,
    /** Certificates and handshakes. */
    TLS,
    /** The database engine of the peer. */
    PEER,
    /** Ours: a database, store or configuration at this end. */
    LOCAL
  }

  public static final int NETWORK_UNKNOWN_HOST = 2;
  public static final int NETWORK_TIMEOUT = 3;
  public static final int NETWORK_REFUSED = 19;
  public static final int NETWORK_UNREACHABLE = 21;
  public static final int NETWORK_LOST = 22;

  private final Domain domain;
  private final int code;
  private final boolean transientError;

  /**
   * @param transientError whether trying again later can help without anybody changing anything
   */
  public ReplicatorException(
      Domain domain, int code, boolean transientError, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.domain = domain;
    this.code = code;
    this.transientError = transientError;
  }

  public Domain getDomain() {
    return domain;
  }

  public int getCode() {
    return code;
  }

  public boolean isTransient() {
    return transientError;
  }

  @Override
  public String toString() {
    return domain + "/" + code + " " + getMessage();
  }
}
