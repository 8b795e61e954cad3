// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code dev.divan:type=Listener,name=…}. */
public interface ListenerMXBean {
  String getName();

  String getDatabase();

  String[] getCollections();

  int getPort();

  String[] getUrls();

  boolean isTls();

  /** The label of the identity it shows; null without one. */
  @Nullable String getIdentity();

  /** SHA-256 of its certificate, to pin it; null without one. */
  @Nullable String getFingerprint();

  /** The name of the authenticator its configuration names; null if it names none. */
  @Nullable String getAuthenticator();

  /** Whether an authenticator is there now. */
  boolean isAuthenticatorPresent();

  boolean isReadOnly();

  int getMaxConnections();

  int getConnections();

  /** Of the connections, those busy right now. */
  int getActiveConnections();

  /** Who is connected, by address; the first 1,000. A table for consoles. */
  Map<String, PeerSession> getSessions();

  /** Opens it again; fails with a sentence, such as that the port is in use. */
  void start();

  /** Ends its sessions and gives its port back; it stays closed until it is started. */
  void stop();
}
