// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.instance;

import dev.divan.instance.Settings;
import dev.divan.listener.URLEndpointListenerConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration of a listener says. Filters are as written, or made of the shorthand.
 *
 * @param source what it is read from
 * @param collections {@code scope.name}, none twice
 * @param identity null for the anonymous one
 * @param authenticator null for nobody
 * @param sendFilter null for none
 * @param receiveFilter null for none
 */
record ListenerSettings(
    Settings source,
    String database,
    List<String> collections,
    int port,
    @Nullable String networkInterface,
    boolean disableTLS,
    @Nullable String identity,
    @Nullable String authenticator,
    @Nullable String sendFilter,
    @Nullable String receiveFilter,
    boolean readOnly,
    boolean enableDeltaSync,
    int maxConnections) {
  private static final int MOST_CONNECTIONS = 1_000_000;

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  static ListenerSettings of(Settings source) {
    String database = source.target("database", "name");
    if (database == null) {
      throw source.fault("database", "is missing: the name of the database to share");
    }
    return new ListenerSettings(
        source,
        database,
        source.collections("collections"),
        source.integer("port", 0, 0, 65_535),
        source.text("networkInterface"),
        source.truth("disableTLS", false),
        source.target("tlsIdentity", "label"),
        source.target("authenticator", "name"),
        source.target("sendFilter", "name"),
        source.target("receiveFilter", "name"),
        source.truth("readOnly", false),
        source.truth("enableDeltaSync", false),
        source.integer(
            "maxConnections",
            URLEndpointListenerConfiguration.DEFAULT_MAX_CONNECTIONS,
            1,
            MOST_CONNECTIONS));
  }

  String name() {
    return source.name();
  }
}
