// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import dev.divan.auth.Authenticator;
import dev.divan.tls.ServerTrust;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a replicator would be told: whom to dial, whom to trust, how to introduce itself.
 *
 * @param url {@code ws} or {@code wss}, with host and database
 * @param authenticator null for none
 * @param headers further request headers
 * @param collections full names, {@code scope.name}; at least one
 */
public record Patient(
    URI url,
    ServerTrust trust,
    @Nullable Authenticator authenticator,
    Map<String, String> headers,
    List<String> collections) {
  public Patient {
    headers = Map.copyOf(headers);
    collections = List.copyOf(collections);
  }

  boolean secure() {
    return "wss".equalsIgnoreCase(url.getScheme());
  }

  /** Without the brackets of an IPv6 address. */
  String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return url.getPort() > 0 ? url.getPort() : secure() ? 443 : 80;
  }

  String database() {
    String path = url.getPath();
    return path.endsWith("/") ? path.substring(1, path.length() - 1) : path.substring(1);
  }
}
