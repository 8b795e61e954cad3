// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import com.couchbase.lite.CouchbaseLiteException;
import dev.divan.itests.NodeProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** A node on disk with one database behind two doors: wss with a password, and ws without. */
final class ServedNode implements AutoCloseable {
  static final String USER = "tablet";
  static final String PASSWORD = "correct horse";
  private final NodeProcess node;
  private final Path home;

  ServedNode(Path home) throws IOException, InterruptedException {
    this.home = home;
    NodeProcess.configure(home, "dev.divan.database-notes.cfg", "name=notes");
    NodeProcess.configure(home, "dev.divan.database-open.cfg", "name=open");
    NodeProcess.configure(
        home,
        "dev.divan.listener.auth.password-staff.cfg",
        "username=" + USER,
        ".password=" + PASSWORD);
    NodeProcess.configure(
        home,
        "dev.divan.listener-secure.cfg",
        "database=notes",
        "networkInterface=127.0.0.1",
        "authenticator=staff");
    NodeProcess.configure(
        home,
        "dev.divan.listener-clear.cfg",
        "database=open",
        "networkInterface=127.0.0.1",
        "disableTLS=true");
    node = NodeProcess.start(home);
  }

  NodeProcess node() {
    return node;
  }

  URI secure() throws InterruptedException {
    return node.listening("notes");
  }

  URI clear() throws InterruptedException {
    return node.listening("open");
  }

  /** A new phone that knows the password and the certificate. */
  Client client()
      throws CouchbaseLiteException, IOException, GeneralSecurityException, InterruptedException {
    return new Client(home, secure()).as(USER, PASSWORD).pinning(Certificates.of(secure()));
  }

  /** A new phone at the other door. */
  Client clientInClear() throws CouchbaseLiteException, InterruptedException {
    return new Client(home, clear());
  }

  @Override
  public void close() {
    node.close();
  }
}
