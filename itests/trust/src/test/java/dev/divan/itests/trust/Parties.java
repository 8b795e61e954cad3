// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.itests.trust.login.Porter;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.ReplicatorException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * Both sides of the matrix: an office with a listener for each authenticator over each transport,
 * and a board in the field with everything it could bring.
 */
final class Parties implements AutoCloseable {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration EXPIRED = Duration.ofDays(-1);
  private static final String PKCS12_PASSWORD = "of the parcel";
  private static final List<String> AUTHENTICATORS =
      List.of("password", "certificate", "JAAS", "none");

  /** How a replication ended, and which documents went. */
  record Outcome(
      @Nullable ReplicatorException error, boolean pushed, boolean pulled, int sessions) {}

  private final Issuer authority = Issuer.authority("the authority");
  private final Issuer stranger = Issuer.authority("a stranger");
  private final Issuer imported = Issuer.alone("office", YEAR);
  private final Issuer importedExpired = Issuer.alone("office", EXPIRED);
  private final Node office;
  private final Node field;

  Parties(Path homes) throws Exception {
    office = new Node(homes.resolve("office"));
    field = new Node(homes.resolve("field"));
    Porter.open("trust", Map.of("ann", "staff:secret", "old", "expired:secret"));
    identities();
    authenticators();
    for (String authenticator : AUTHENTICATORS) {
      listener(authenticator, "ws", Map.of("disableTLS", "true"));
      for (String identity :
          List.of("self-signed", "imported", "CA-signed", "imported-expired", "CA-signed-expired"))
        listener(authenticator, identity, Map.of("tlsIdentity", identity));
    }
  }

  private void identities() {
    office.configure("dev.divan.tls.selfsigned", "self-signed", Map.of("commonName", "office"));
    office.configure("dev.divan.tls.selfsigned", "past", Map.of("expiration", "2020-01-01"));
    keep(office, "imported", imported);
    keep(office, "imported-expired", importedExpired);
    keep(office, "CA-signed", authority.server("office", YEAR));
    keep(office, "CA-signed-expired", authority.server("office", EXPIRED));
    Map.of(
            "right", authority.client("ann", YEAR),
            // a certificate that is good for something else
            "wrong", authority.server("ann", YEAR),
            "expired", authority.client("ann", EXPIRED),
            "untrusted", stranger.client("ann", YEAR))
        .forEach(
            (label, client) -> {
              keep(field, label, client);
              field.configure(
                  "dev.divan.auth.certificate", "certificate-" + label, Map.of("identity", label));
            });
  }

  private static void keep(Node node, String label, Issuer issuer) {
    node.configure(
        "dev.divan.tls.imported",
        label,
        Map.of("certBase64", issuer.pkcs12Base64(PKCS12_PASSWORD), ".password", PKCS12_PASSWORD));
  }

  private void authenticators() {
    office.configure(
        "dev.divan.listener.auth.password",
        "password",
        Map.of("username", "ann", ".passwordHash", Hash.of("secret")));
    office.configure(
        "dev.divan.listener.auth.certificate",
        "certificate",
        Map.of("rootCertificates", authority.pem()));
    office.configure(
        "dev.divan.listener.auth.jaas", "JAAS", Map.of("realm", "trust", "requiredRole", "staff"));
    basic("right", "ann", "secret");
    basic("wrong", "ann", "guess");
    basic("expired", "old", "secret");
  }

  private void basic(String name, String user, String password) {
    field.configure("dev.divan.auth.basic", name, Map.of("username", user, ".password", password));
  }

  private void listener(String authenticator, String transport, Map<String, String> further) {
    Map<String, String> properties = new HashMap<>(further);
    properties.put("database", "notes");
    properties.put("networkInterface", "127.0.0.1");
    if (!authenticator.equals("none")) properties.put("authenticator", authenticator);
    office.configure("dev.divan.listener", authenticator + "-" + transport, properties);
  }

  Node field() {
    return field;
  }

  Node office() {
    return office;
  }

  /** Plays a cell. */
  Outcome replicate(String authenticator, String transport, String brought) throws Exception {
    // a password and nothing at all do not expire, the listener's certificate does
    boolean certificateOfOffice = authenticator.equals("password") || authenticator.equals("none");
    boolean expired = brought.equals("expired") && certificateOfOffice;
    URLEndpointListener listener =
        office.listener(authenticator + "-" + transport + (expired ? "-expired" : ""));
    String cell = String.join("-", authenticator, transport, brought);
    Map<String, Object> properties = new HashMap<>();
    boolean untrusted = brought.equals("untrusted") && !authenticator.equals("certificate");
    if (untrusted) properties.putAll(mistrust(authenticator, transport));
    else if (expired) properties.putAll(trustInTheExpired(authenticator, transport));
    else properties.putAll(trust(transport));
    String introduction = introduction(authenticator, brought);
    if (introduction != null) properties.put("authenticator", introduction);
    properties.put("database", "notes");
    properties.put(
        "url",
        (transport.equals("ws") ? "ws" : "wss") + "://127.0.0.1:" + listener.getPort() + "/notes");
    properties.put("documentIDs", cell + "-up," + cell + "-down");
    properties.put("continuous", false);
    properties.put("autostart", false);
    properties.put("maxAttempts", 1);
    office.write(cell + "-down");
    field.write(cell + "-up");
    field.configure("dev.divan.replicator", cell, properties);
    try {
      ReplicatorException error = field.run(cell);
      return new Outcome(
          error,
          office.has(cell + "-up"),
          field.has(cell + "-down"),
          error == null ? 0 : listener.getSessions().size());
    } finally {
      field.forgetReplicator(cell);
    }
  }

  private static @Nullable String introduction(String authenticator, String brought) {
    return switch (authenticator) {
      case "certificate" -> brought.equals("absent") ? null : "certificate-" + brought;
      // nobody asks, but a wrong password is none the better for it
      case "none" -> brought.equals("wrong") ? "wrong" : null;
      case "JAAS" ->
          switch (brought) {
            case "absent" -> null;
            case "wrong", "expired" -> brought;
            default -> "right";
          };
      default ->
          switch (brought) {
            case "absent" -> null;
            case "wrong" -> brought;
            default -> "right";
          };
    };
  }

  private Map<String, ?> trust(String transport) {
    return switch (transport) {
      case "self-signed" -> Map.of("acceptOnlySelfSignedServerCertificate", true);
      case "imported" -> Map.of("pinnedServerCertificate", imported.fingerprint());
      case "CA-signed" -> Map.of("trustedCertificates", authority.pem());
      default -> Map.of();
    };
  }

  private Map<String, ?> mistrust(String authenticator, String transport) {
    return switch (transport) {
      case "imported" -> Map.of("pinnedServerCertificate", stranger.fingerprint());
      case "CA-signed" ->
          authenticator.equals("none")
              ? Map.of("acceptOnlySelfSignedServerCertificate", true)
              : Map.of("trustedCertificates", stranger.pem());
      default -> Map.of();
    };
  }

  /** Dates count by every rule but a pin. */
  private Map<String, ?> trustInTheExpired(String authenticator, String transport) {
    if (!transport.equals("imported")) return trust(transport);
    return authenticator.equals("none")
        ? Map.of("pinnedServerCertificate", importedExpired.fingerprint())
        : Map.of("acceptOnlySelfSignedServerCertificate", true);
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    field.close();
    office.close();
  }
}
