// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import dev.divan.database.Collection;
import dev.divan.listener.URLEndpointListenerConfiguration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two terms, and what that costs: <em>hot</em> nothing, <em>session</em> every
 * session, <em>rebind</em> the socket.
 *
 * @param rebind whether a new socket is needed
 * @param endsSessions whether clients must come back
 * @param lines for the log, one a property
 */
record Changes(boolean rebind, boolean endsSessions, List<Line> lines) {

  /**
   * @param what is another now
   * @param effect what that costs while the door is open
   */
  record Line(String what, String effect) {
    @Override
    public String toString() {
      return what + " (" + effect + ")";
    }
  }

  static Changes between(Terms before, Terms after) {
    List<Line> lines = new ArrayList<>();
    URLEndpointListenerConfiguration a = before.configuration();
    URLEndpointListenerConfiguration b = after.configuration();
    boolean rebind = false;
    boolean sessions = false;

    rebind |= line(lines, "port", a.getPort(), b.getPort(), "rebind: sessions stay");
    boolean other =
        line(
            lines,
            "networkInterface",
            a.getNetworkInterface(),
            b.getNetworkInterface(),
            "rebind: sessions end");
    other |= line(lines, "disableTLS", a.isDisableTLS(), b.isDisableTLS(), "rebind: sessions end");
    rebind |= other;
    sessions |= other;
    // whether a certificate is asked for is settled when the socket is bound
    rebind |=
        line(
            lines,
            "demand for client certificates",
            before.wantsCertificates(),
            after.wantsCertificates(),
            "rebind: sessions stay");

    sessions |=
        line(
            lines,
            "database",
            before.databaseName(),
            after.databaseName(),
            "session: sessions end, clients come back");
    if (!same(a.getCollections(), b.getCollections())) {
      lines.add(
          new Line(
              "collections are now "
                  + b.getCollections().stream().map(Collection::getFullName).toList(),
              "session: sessions end, clients come back"));
      sessions = true;
    }
    sessions |=
        line(
            lines,
            "readOnly",
            a.isReadOnly(),
            b.isReadOnly(),
            "session: sessions end, clients come back");

    line(
        lines,
        "enableDeltaSync",
        a.isEnableDeltaSync(),
        b.isEnableDeltaSync(),
        "hot: counts for the next connection");
    line(
        lines,
        "maxConnections",
        a.getMaxConnections(),
        b.getMaxConnections(),
        "hot: counts for the next connection");
    line(
        lines,
        "authenticator",
        before.admission().who(),
        after.admission().who(),
        "hot: counts for the next connection");
    line(
        lines,
        "sendFilter",
        before.sending().words(),
        after.sending().words(),
        "hot: counts for the next document");
    line(
        lines,
        "receiveFilter",
        before.receiving().words(),
        after.receiving().words(),
        "hot: counts for the next document");
    if (a.isDisableTLS() == b.isDisableTLS()) {
      line(
          lines,
          "tlsIdentity",
          before.identityWords(),
          after.identityWords(),
          "hot: counts for the next handshake");
    }
    return new Changes(rebind, sessions, List.copyOf(lines));
  }

  private static boolean line(
      List<Line> lines, String property, @Nullable Object a, @Nullable Object b, String effect) {
    if (Objects.equals(a, b)) {
      return false;
    }
    lines.add(new Line(property + " " + words(a) + " → " + words(b), effect));
    return true;
  }

  private static Object words(@Nullable Object value) {
    return value == null ? "all" : value;
  }

  private static boolean same(List<Collection> a, List<Collection> b) {
    Set<Collection> set = new HashSet<>(a);
    return set.equals(new HashSet<>(b));
  }
}
