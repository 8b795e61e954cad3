// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.tls.TLSIdentity;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator reads when a door opens. */
final class LogLines {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private LogLines() {}

  static void opened(Open open, List<URI> urls, @Nullable TLSIdentity identity) {
    Terms terms = open.terms();
    boolean clear = terms.configuration().isDisableTLS();
    LOG.info(
        "listening {} (listener {}, {}, {})",
        urls.stream().map(URI::toString).collect(Collectors.joining(" ")),
        terms.name(),
        clear ? "no TLS" : identity == null ? "TLS identity absent" : words(identity),
        terms.admission().words());
    exposure(open);
  }

  /** What strangers can do at this door, if strangers can reach it. */
  static void exposure(Open open) {
    if (open.address() != null && open.address().isLoopbackAddress()) {
      return;
    }
    Terms terms = open.terms();
    if (terms.admission().isOpen()) {
      LOG.warn(
          "listener {}: everyone who reaches it can read{} the database {}; set authenticator",
          terms.name(),
          terms.configuration().isReadOnly() ? "" : " and write",
          terms.databaseName());
    }
    if (terms.configuration().isDisableTLS()) {
      LOG.warn(
          "listener {}: {} in clear, for everyone on the way to read; unset disableTLS",
          terms.name(),
          terms.admission().isOpen() ? "data travels" : "passwords and data travel");
    }
  }

  static void identity(Terms terms, TLSIdentity identity) {
    LOG.info("listener {}: the next handshake shows {}", terms.name(), words(identity));
  }

  private static String words(TLSIdentity identity) {
    String fingerprint = identity.getFingerprint().replaceAll("..(?!$)", "$0:");
    return "TLS identity " + identity.getLabel() + ", sha256 " + fingerprint;
  }
}
