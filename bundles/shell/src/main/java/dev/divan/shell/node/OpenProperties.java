// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import java.lang.reflect.Array;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a configuration may be shown. A list of what is harmless rather than of what is secret: a
 * secret may stand under a misspelt name.
 */
public final class OpenProperties {
  /** In place of a value that is not shown. */
  public static final String HIDDEN = "(hidden)";

  private static final Set<String> HARMLESS =
      Set.of(
          ("name database url collections port networkInterface disableTLS tlsIdentity"
                  + " authenticator readOnly enableDeltaSync maxConnections type continuous"
                  + " autostart acceptOnlySelfSignedServerCertificate documentIDs channels"
                  + " pushFilter pullFilter conflictResolver heartbeat maxAttempts"
                  + " maxAttemptWaitTime remoteId store durability directory label commonName"
                  + " organization organizationUnit emailAddress subjectAlternativeNames"
                  + " expiration keyAlgorithm file keystore alias realm requiredRole username"
                  + " users identity autoPurge deltaSync preemptive")
              .split(" "));

  private static final Set<String> ORIGIN =
      Set.of("service.pid", "service.factoryPid", "felix.fileinstall.filename");

  private OpenProperties() {}

  /** All property names, sorted, each with its value or {@link #HIDDEN}; not where it is from. */
  public static Map<String, String> of(Map<String, Object> configuration) {
    Map<String, String> open = new TreeMap<>();
    configuration.forEach(
        (key, value) -> {
          if (!ORIGIN.contains(key) && !key.startsWith("service.") && !key.startsWith("component."))
            open.put(key, harmless(key) ? shown(key, value) : HIDDEN);
        });
    return open;
  }

  private static boolean harmless(String key) {
    String plain = key.endsWith(".target") ? key.substring(0, key.length() - 7) : key;
    return HARMLESS.contains(plain);
  }

  private static String shown(String key, Object value) {
    List<String> items = new ArrayList<>();
    if (value.getClass().isArray()) {
      for (int i = 0; i < Array.getLength(value); i++)
        items.add(String.valueOf(Array.get(value, i)));
    } else if (value instanceof Iterable<?> many) {
      many.forEach(item -> items.add(String.valueOf(item)));
    } else {
      items.add(value.toString());
    }
    String text = String.join(", ", items);
    return key.equals("url") ? url(text) : text;
  }

  /** A URL without user, query and fragment, where people put passwords although it is refused. */
  static String url(String text) {
    try {
      URI uri = new URI(text.strip());
      if (uri.getHost() == null) return HIDDEN;
      return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (java.net.URISyntaxException e) {
      return HIDDEN;
    }
  }
}
