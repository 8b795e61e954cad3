// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.shell.text.Units;
import dev.divan.tls.IdentityException;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Whether both mean TLS or both do not; the certificate, and whether it is trusted. */
final class Handshake {
  /** A certificate that ends sooner is worth a word. */
  private static final Duration SOON = Duration.ofDays(30);

  private final World world;
  private final Patient patient;
  private final InetSocketAddress address;

  Handshake(World world, Patient patient, InetSocketAddress address) {
    this.world = world;
    this.patient = patient;
    this.address = address;
  }

  /** A new connection, trusted as the replicator would trust it. */
  World.Line connect() throws IOException, IdentityException {
    TLSIdentity identity =
        patient.authenticator() == null ? null : patient.authenticator().identity();
    return patient.secure()
        ? world.secure(address, patient.host(), patient.trust(), identity)
        : world.plain(address);
  }

  /** Whether it can be gone on. */
  boolean check(Consumer<Finding> told) {
    return patient.secure() ? secure(told) : inClear(told);
  }

  private boolean inClear(Consumer<Finding> told) {
    if (speaksHttp()) {
      told.accept(
          patient.authenticator() == null
              ? Finding.good("TLS", "none is used, and the port speaks in clear")
              : Finding.doubt(
                  "TLS",
                  "none is used: the password travels in clear",
                  "Take disableTLS out of the listener's configuration, and write wss://."));
      return true;
    }
    List<X509Certificate> chain;
    try {
      chain = world.certificates(address, patient.host());
    } catch (IOException e) {
      chain = List.of();
    }
    if (chain.isEmpty()) {
      told.accept(stranger());
      return false;
    }
    told.accept(
        Finding.bad(
            "TLS",
            "the URL says ws, but the port speaks TLS",
            "Write wss:// in the URL, and decide whom to trust: its certificate has the SHA-256 "
                + fingerprint(chain.get(0))));
    return false;
  }

  private static Finding clearPort() {
    return Finding.bad(
        "TLS",
        "the URL says wss, but the port speaks in clear",
        "On the listener take out disableTLS=true, which is for development; or write ws:// and"
            + " know that everybody on the way can read along.");
  }

  private static Finding brokenOff(IOException e) {
    return Finding.bad(
        "TLS",
        "the TLS handshake breaks off: " + Doctor.said(e),
        "See the listener's log at this moment. Both must speak TLS 1.2 or 1.3, and nothing in"
            + " between (a proxy, a firewall) may stop it.");
  }

  private static Finding stranger() {
    return Finding.bad(
        "TLS",
        "what listens on this port speaks neither HTTP nor TLS",
        "It is no listener of this kind; correct the port.");
  }

  /** Asked without password: it is not known yet who is there. */
  private boolean speaksHttp() {
    try (World.Line line = world.plain(address)) {
      line.out().write(Upgrade.request(patient, Map.of()));
      line.out().flush();
      Upgrade.Answer answer = Upgrade.read(line.in());
      return answer.status() != 400 || !answer.body().contains("TLS");
    } catch (IOException e) {
      return false;
    }
  }

  private boolean secure(Consumer<Finding> told) {
    List<X509Certificate> chain = List.of();
    IOException failure = null;
    try {
      chain = world.certificates(address, patient.host());
    } catch (IOException e) {
      failure = e;
    }
    if (chain.isEmpty()) {
      // a listener in clear hangs up on TLS, so only the counter-test tells
      told.accept(speaksHttp() ? clearPort() : failure == null ? stranger() : brokenOff(failure));
      return false;
    }
    X509Certificate own = chain.get(0);
    certificate(own, told);
    return trusted(own, told);
  }

  private void certificate(X509Certificate own, Consumer<Finding> told) {
    Instant now = world.now();
    Instant from = own.getNotBefore().toInstant();
    Instant to = own.getNotAfter().toInstant();
    String who = own.getSubjectX500Principal().getName() + ", SHA-256 " + fingerprint(own);
    if (now.isBefore(from))
      told.accept(
          Finding.doubt(
              "certificate",
              who + ", valid only " + Units.distance(now, from),
              "One of the two clocks is wrong; this machine has " + Units.time(now)));
    else if (now.isAfter(to))
      told.accept(
          Finding.doubt(
              "certificate",
              who + ", expired " + Units.distance(now, to),
              "Give the listener a new identity, and pin that one; or correct this machine's"
                  + " clock, which says "
                  + Units.time(now)));
    else if (now.plus(SOON).isAfter(to))
      told.accept(
          Finding.doubt(
              "certificate",
              who + ", valid until " + Units.time(to),
              "It ends " + Units.distance(now, to) + ": renew it before."));
    else told.accept(Finding.good("certificate", who + ", valid until " + Units.time(to)));
  }

  private boolean trusted(X509Certificate own, Consumer<Finding> told) {
    try (World.Line line = connect()) {
      told.accept(Finding.good("trust", rule() + "; " + line.facts()));
      return true;
    } catch (IdentityException | IllegalStateException e) {
      told.accept(Finding.bad("trust", Doctor.said(e), "Mend that first; nothing was sent."));
    } catch (SSLException e) {
      told.accept(
          Finding.bad(
              "trust",
              Doctor.innermost(e),
              "Compare the SHA-256 with divan:identity-show on the other machine. If they are the"
                  + " same: pinnedServerCertificate = "
                  + fingerprint(own)));
    } catch (IOException e) {
      told.accept(
          Finding.bad(
              "trust",
              "the handshake breaks off: " + Doctor.said(e),
              "See the listener's log at this moment."));
    }
    return false;
  }

  private String rule() {
    if (patient.trust() instanceof ServerTrust.Pinned) return "it is the pinned certificate";
    return patient.trust() instanceof ServerTrust.OnlySelfSigned
        ? "it is self-signed, and any such is trusted"
        : "a known authority vouches for it, and for the host";
  }

  private static String fingerprint(X509Certificate certificate) {
    return Units.fingerprint(TLSIdentity.fingerprint(certificate));
  }
}
