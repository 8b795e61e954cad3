// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.database.ConflictResolver;
import dev.divan.replicator.ReplicationFilter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What lies in the folders of the two nodes. Each hot property takes turns between two values with
 * which everybody could connect, so that a reconnection is seen as such, and not as a standstill.
 */
final class LiveFiles {
  static final String USER = "tablet";
  static final String PASSWORD = "open sesame";
  private static final String LOOPBACK = "networkInterface=127.0.0.1";
  private static final String CLEAR = "disableTLS=true";

  final Path hqHome;
  final Path fieldHome;
  final LiveFile replicator;
  final LiveFile listener;
  final LiveFile database;
  final LiveBundle resolver;
  final LiveBundle badge;
  private final URI door;

  LiveFiles(Path home, URI door) {
    this.door = door;
    hqHome = home.resolve("hq");
    fieldHome = home.resolve("field");
    resolver =
        new LiveBundle(fieldHome, LiveResolver.class, ConflictResolver.class, "first", "second");
    badge = new LiveBundle(hqHome, LiveBadge.class, ListenerAuthenticator.class, "badge");
    database = new LiveFile(hqHome, "dev.divan.database-notes.cfg", "database notes: %s \\(hot\\)");
    listener = new LiveFile(hqHome, "dev.divan.listener-lan.cfg", "listener \\S+: %s .*\\(hot");
    replicator =
        new LiveFile(fieldHome, "dev.divan.replicator-hq.cfg", "replicator \\S+: %s .*\\(hot");
  }

  void layHq() throws IOException {
    LiveFile.lay(
        hqHome, "dev.divan.store.xodus-first.cfg", "directory=" + hqHome.resolve("data/first"));
    LiveFile.lay(
        hqHome, "dev.divan.store.mvstore-second.cfg", "directory=" + hqHome.resolve("data/second"));
    LiveFile.lay(hqHome, "dev.divan.tls.selfsigned-day.cfg");
    LiveFile.lay(hqHome, "dev.divan.tls.selfsigned-night.cfg");
    for (String name : new String[] {"day", "night"}) password(name, PASSWORD);
    LiveFile.lay(hqHome, "dev.divan.listener-side.cfg", "database=notes", LOOPBACK, CLEAR);
    new LiveBundle(hqHome, LiveFilter.class, ReplicationFilter.class, "open", "wide").lay("1");
    badge.lay("1");
    database
        .with("store", "first")
        .turning("moveContents", "moveContents=true", "moveContents=false")
        .turning("collections", "collections=_default._default", "collections=_default,live.extra")
        .turning("deltaSync", "deltaSync=false", "deltaSync=true")
        .write();
    listener
        .with("database", "notes")
        .with("networkInterface", "127.0.0.1")
        .with("port", Integer.toString(door.getPort()))
        .turning("name", "name=lan", "name=wlan")
        .turning("tlsIdentity", "tlsIdentity=day", "tlsIdentity.target=(label=night)")
        .turning("authenticator", "authenticator=day", "authenticator.target=(name=night)")
        .turning("sendFilter", "sendFilter=open", "sendFilter.target=(name=wide)")
        .turning("receiveFilter", "receiveFilter=open", "receiveFilter.target=(name=wide)")
        .turning("enableDeltaSync", "enableDeltaSync=false", "enableDeltaSync=true")
        .turning("maxConnections", "maxConnections=1000", "maxConnections=50")
        .write();
  }

  /** Has the listener's authenticator {@code day} want another one. */
  void password(String password) throws IOException {
    password("day", password);
  }

  private void password(String name, String password) throws IOException {
    LiveFile.lay(
        hqHome,
        "dev.divan.listener.auth.password-" + name + ".cfg",
        "username=" + USER,
        ".passwordHash=" + hash(password));
  }

  /**
   * @param day fingerprints of the identities
   * @param certificate of {@code day}
   */
  void layField(String day, String night, byte[] certificate) throws IOException {
    LiveFile.lay(fieldHome, "dev.divan.database-field.cfg");
    LiveFile.lay(fieldHome, "dev.divan.listener-side.cfg", "database=field", LOOPBACK, CLEAR);
    for (String name : new String[] {"day", "night"})
      LiveFile.lay(
          fieldHome,
          "dev.divan.auth.basic-" + name + ".cfg",
          "username=" + USER,
          ".password=" + PASSWORD);
    new LiveBundle(fieldHome, LiveFilter.class, ReplicationFilter.class, "open", "wide").lay("1");
    resolver.lay("1");
    Path authority = Files.createDirectories(fieldHome).resolve("authority.pem");
    Files.writeString(authority, pem(certificate));
    replicator
        .with("database", "field")
        .with("url", door.toString())
        .with("remoteId", "hq")
        .turning("pushFilter", "pushFilter=open", "pushFilter.target=(name=wide)")
        .turning("pullFilter", "pullFilter=open", "pullFilter.target=(name=wide)")
        .turning(
            "conflictResolver", "conflictResolver=first", "conflictResolver.target=(name=second)")
        .turning("maxAttempts", "maxAttempts=0", "maxAttempts=1000")
        .turning("maxAttemptWaitTime", "maxAttemptWaitTime=1", "maxAttemptWaitTime=2")
        .turning("authenticator", "authenticator=day", "authenticator.target=(name=night)")
        .turning("headers", "headers=X-Live: day", "headers=X-Live: night")
        .turning("heartbeat", "heartbeat=30", "heartbeat=60")
        .turning(
            "acceptOnlySelfSignedServerCertificate",
            "acceptOnlySelfSignedServerCertificate=true",
            "acceptOnlySelfSignedServerCertificate=false")
        .turning(
            "pinnedServerCertificate",
            "pinnedServerCertificate=" + day + "," + night,
            "pinnedServerCertificate=" + night + "," + day)
        .turning("trustedCertificates", "", "trustedCertificates=" + authority)
        .turning("autostart", "autostart=true", "autostart=false")
        .write();
  }

  /** As cheap as may be, since everything else is to be busy. */
  private static String hash(String password) {
    byte[] salt = "sixteen bytes...".getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1_000, 256))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return "pbkdf2-sha256$1000$"
          + base64.encodeToString(salt)
          + "$"
          + base64.encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(byte[] certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
