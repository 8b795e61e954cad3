// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.divan.transport.DialException.Reason;
import dev.divan.transport.DialRequest;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static Reason reason(Throwable failure) {
    Duration any = Duration.ofSeconds(1);
    URI uri = URI.create("wss://localhost:4984/notes");
    DialRequest request = new DialRequest(uri, List.of("p"), Map.of(), null, any, any);
    return Faults.explain(failure, new Dial(request, null, open -> {}, ended -> {})).reason();
  }

  /** A listener that is opening or closing cuts its guests off wherever they are. */
  @Test
  void beingCutOffInTheMiddleOfTlsIsWorthAnotherTry() {
    assertEquals(
        Reason.UNREACHABLE,
        reason(new SSLException("Broken pipe", new IOException("Broken pipe"))));
    assertEquals(
        Reason.UNREACHABLE,
        reason(new SSLHandshakeException("terminated").initCause(new EOFException())));
    assertEquals(Reason.UNREACHABLE, reason(new SSLException("Abruptly closed by peer")));
    assertEquals(Reason.UNREACHABLE, reason(new IOException("Connection reset by peer")));
    assertEquals(Reason.UNREACHABLE, reason(new ClosedChannelException()));
  }

  @Test
  void whatThePeerSaysInTlsIsItsLastWord() {
    assertEquals(Reason.TLS, reason(new SSLHandshakeException("Received fatal alert: x")));
    assertEquals(
        Reason.TLS,
        reason(
            new SSLHandshakeException("no")
                .initCause(new CertificateException("reset by its issuer"))));
  }
}
