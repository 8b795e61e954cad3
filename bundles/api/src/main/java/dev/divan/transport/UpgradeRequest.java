// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants in.
 *
 * @param path the request's path, percent-decoded, without query
 * @param headers names in lower case
 * @param protocols the sub-protocols offered, in the client's order, blanks removed
 * @param peer its address and certificates
 */
public record UpgradeRequest(
    String path, Map<String, List<String>> headers, List<String> protocols, PeerFacts peer) {

  /** The first value of a header, by lower-case name, or null. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
