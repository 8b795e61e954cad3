// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import dev.divan.transport.DialException;
import dev.divan.transport.DialException.Reason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what Java throws at a dial into a reason and a sentence. */
final class Faults {
  /** Causes looked at; who nests deeper, or in a circle, is not followed. */
  private static final int DEPTH = 20;

  private Faults() {}

  static DialException explain(Throwable failure, Dial dial) {
    if (wasCutOff(failure)) {
      // Says nothing about the peer: one that starts or stops does that too. Not a fault of TLS or
      // of the protocol, therefore, after which nobody would try again.
      return new DialException(
          Reason.UNREACHABLE,
          dial.where()
              + (dial.secure() && !dial.tlsStands()
                  ? " closed the connection during the TLS handshake; if it does not speak TLS on"
                      + " that port: use ws://"
                  : " closed the connection without an answer"),
          failure);
    }
    SSLException tls = find(failure, SSLException.class);
    if (tls != null) {
      return new DialException(Reason.TLS, tls(tls, dial.where()), failure);
    }
    if (find(failure, UnresolvedAddressException.class) != null) {
      return new DialException(Reason.UNKNOWN_HOST, dial.where() + " is not known", failure);
    }
    if (find(failure, SocketTimeoutException.class) != null) {
      return new DialException(Reason.TIMEOUT, "no answer from " + dial.where(), failure);
    }
    if (find(failure, NoRouteToHostException.class) == null
        && find(failure, ConnectException.class) != null
        && message(failure).contains("refused")) {
      return new DialException(Reason.REFUSED, "nobody listens at " + dial.where(), failure);
    }
    return new DialException(
        Reason.UNREACHABLE, dial.where() + " cannot be reached: " + failure.getMessage(), failure);
  }

  /** Whether the connection ended, in the words of sockets or of TLS, and nobody says why. */
  private static boolean wasCutOff(Throwable failure) {
    if (find(failure, CertificateException.class) != null) {
      return false;
    }
    int depth = 0;
    for (Throwable t = failure; t != null && depth < DEPTH; t = t.getCause(), depth++) {
      String message = message(t);
      if (t instanceof EOFException
          || t instanceof ClosedChannelException
          || message.contains("reset")
          || message.contains("broken pipe")
          || message.contains("abruptly closed")) {
        return true;
      }
    }
    return false;
  }

  private static String tls(SSLException failure, String where) {
    if (find(failure, CertificateExpiredException.class) != null) {
      return "the certificate of " + where + " has expired";
    }
    if (find(failure, CertificateNotYetValidException.class) != null) {
      return "the certificate of " + where + " is not valid yet";
    }
    CertificateException certificate = find(failure, CertificateException.class);
    if (certificate != null) {
      return "the certificate of " + where + " is not trusted: " + certificate.getMessage();
    }
    String message = message(failure);
    if (message.contains("unrecognized ssl message") || message.contains("plaintext")) {
      return "the peer does not speak TLS on that port: use ws:// (" + where + ")";
    }
    if (message.contains("certificate_required") || message.contains("bad_certificate")) {
      return where + " wants a client certificate it knows";
    }
    return "TLS with " + where + " failed: " + failure.getMessage();
  }

  private static String message(Throwable failure) {
    String text = failure.getMessage();
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static <T> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < DEPTH; t = t.getCause(), depth++) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
