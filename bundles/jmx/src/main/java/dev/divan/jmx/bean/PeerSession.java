// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.replicator.PassiveSession;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** One client of a listener, as it was when it was asked for; a row of the table of sessions. */
public final class PeerSession {
  private final PassiveSession session;

  PeerSession(PassiveSession session) {
    this.session = session;
  }

  public String getPeer() {
    return session.peer().id();
  }

  public String getAddress() {
    return session.peer().address();
  }

  /** Who it authenticated as; null if nobody was asked. */
  public @Nullable String getPrincipal() {
    return session.peer().principal();
  }

  public String[] getRoles() {
    return session.peer().roles().stream().sorted().toArray(String[]::new);
  }

  public Date getSince() {
    return Date.from(session.since());
  }

  public boolean isBusy() {
    return session.busy();
  }

  /** Documents. */
  public long getSent() {
    return session.sent();
  }

  /** Documents. */
  public long getReceived() {
    return session.received();
  }

  public long getBytesSent() {
    return session.bytesSent();
  }

  public long getBytesReceived() {
    return session.bytesReceived();
  }
}
