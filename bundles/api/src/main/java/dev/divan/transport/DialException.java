// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** No channel came about. */
public class DialException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why; each asks for something else from whoever reads it. */
  public enum Reason {
    /** The host name is not known. */
    UNKNOWN_HOST,
    /** Nobody listens there. */
    REFUSED,
    /** There is no way there now: interface down, no route, or it was closed in the middle. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /**
     * The TLS handshake failed; the message says whether the certificate or the protocol was at
     * fault.
     */
    TLS,
    /** The peer answered the upgrade with an HTTP status. */
    STATUS,
    /** The peer answered, but not as a peer should: wrong sub-protocol, wrong accept key. */
    PROTOCOL
  }

  private final Reason reason;
  private final int status;
  private final transient Map<String, List<String>> headers;

  public DialException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.status = 0;
    this.headers = Map.of();
  }

  public DialException(int status, Map<String, List<String>> headers, String message) {
    super(message);
    this.reason = Reason.STATUS;
    this.status = status;
    this.headers = headers;
  }

  public Reason reason() {
    return reason;
  }

  /** The HTTP status, or 0 if the reason is not {@link Reason#STATUS}. */
  public int status() {
    return status;
  }

  /** The answer's headers, names in lower case. */
  public Map<String, List<String>> headers() {
    return headers == null ? Map.of() : headers;
  }
}
