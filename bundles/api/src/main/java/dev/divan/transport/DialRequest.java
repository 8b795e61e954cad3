// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where to and how.
 *
 * @param uri the whole address, path included
 * @param protocols the sub-protocols offered, best first
 * @param headers further request headers, {@code Authorization} and {@code Cookie} included
 * @param tls decides about trust and holds our identity; needed for a scheme that is secure
 * @param connectTimeout for TCP, TLS and the upgrade together
 * @param heartbeat silence after which a ping is sent; the channel ends if nothing comes back in
 *     good time; zero for none
 */
public record DialRequest(
    URI uri,
    List<String> protocols,
    Map<String, String> headers,
    @Nullable SSLContext tls,
    Duration connectTimeout,
    Duration heartbeat) {
  public DialRequest {
    protocols = List.copyOf(protocols);
    headers = Map.copyOf(headers);
  }
}
