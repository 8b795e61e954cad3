// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A self-signed identity made by the JDK's keytool, and contexts that have or trust it. */
final class Keys {
  private static final char[] PASSWORD = "changeit".toCharArray();

  static final Keys SERVER = new Keys("server");
  static final Keys CLIENT = new Keys("client");
  static final Keys EXPIRED = new Keys("expired", "-startdate", "-10d", "-validity", "5");

  private final KeyStore store;

  private Keys(String name, String... more) {
    try {
      Path directory = Files.createTempDirectory("keys");
      Path file = directory.resolve(name + ".p12");
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  name,
                  "-keyalg",
                  "EC",
                  "-dname",
                  "CN=" + name,
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  "changeit"));
      command.addAll(List.of(more));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(output);
      }
      store = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, PASSWORD);
      }
      Files.delete(file);
      Files.delete(directory);
    } catch (IOException | InterruptedException | java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  X509Certificate certificate() throws Exception {
    return (X509Certificate) store.getCertificate(store.aliases().nextElement());
  }

  /** A context with the identity of one, trusting the other; either may be absent. */
  static SSLContext context(@Nullable Keys identity, @Nullable Keys trusted) throws Exception {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    if (trusted != null) {
      Certificate certificate = trusted.certificate();
      roots.setCertificateEntry("root", certificate);
    } else {
      roots.setCertificateEntry("other", EXPIRED.certificate());
    }
    trust.init(roots);
    return context(identity, trust.getTrustManagers());
  }

  static SSLContext context(@Nullable Keys identity, TrustManager... trust) throws Exception {
    KeyManagerFactory keys = null;
    if (identity != null) {
      keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(identity.store, PASSWORD);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys == null ? null : keys.getKeyManagers(), trust, null);
    return context;
  }
}
