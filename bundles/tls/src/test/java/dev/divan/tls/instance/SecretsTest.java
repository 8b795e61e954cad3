// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.osgi.TestFramework;
import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
import dev.divan.tls.Listening;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.keeper.Identities;
import dev.divan.tls.material.PemPair;
import dev.divan.tls.material.Pkcs12;
import dev.divan.tls.material.Vectors;
import dev.divan.tls.trust.Contexts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Everything this bundle does, right and wrong, heard at TRACE: no secret is ever said. */
class SecretsTest {
  private static final String WRONG = "falsches-Geheimnis";

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>(List.of(Vectors.PASSWORD, "anders", WRONG));
  private BundleContext context;
  private Identities identities;

  @Test
  void noSecretIsLoggedShownOrThrown() throws Exception {
    try (Listening log = new Listening()) {
      try (TestFramework framework = new TestFramework(directory.resolve("fw"))) {
        context = framework.context();
        Path kept = directory.resolve("kept");
        identities = new Identities(kept, Clock.systemUTC(), new Users(context));
        configureAll();
        handInAll();
        look();
        secrets.add(Files.readString(kept.resolve("identities.password")).strip());
      }
      said.addAll(log.lines());
    }
    assertTrue(said.size() > 50, "there is something to search");
    assertTrue(secrets.size() > 20, "there is something to search for");
    for (String secret : secrets) {
      for (String line : said) {
        assertFalse(line.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT)), line);
      }
    }
  }

  private void configureAll() throws Exception {
    for (String password : List.of(Vectors.PASSWORD, WRONG)) {
      for (String file : List.of("openssl3.p12", "openssl11.p12", "ec.key", "two.p12")) {
        configure(ImportedIdentity.PID, "file", file(file), ".password", password);
        configure(
            KeyStoreIdentity.PID,
            "keystore",
            file(file),
            ".password",
            password,
            ".keyPassword",
            "anders");
        configure(ImportedIdentity.PID, "file", file(file), "password", password);
      }
      String inline = Base64.getEncoder().encodeToString(Vectors.bytes("openssl3.p12"));
      secrets.add(inline.substring(40, 90));
      for (String base64 :
          List.of(inline, inline.substring(0, 800), inline + "!{}", "{" + inline)) {
        configure(ImportedIdentity.PID, "certBase64", base64, ".password", password);
      }
      for (String key : List.of("ec.key", "ec.pkcs8-aes.key", "ec.pkcs8-scrypt.key", "rsa.key")) {
        configure(
            ImportedIdentity.PID,
            "certificateFile",
            file("ec-chain.pem"),
            "keyFile",
            file(key),
            ".password",
            password);
      }
    }
    configure(SelfSignedIdentity.PID, "organization", "x", ".password", WRONG);
    configure(SelfSignedIdentity.PID, "organization", "y", "keyPassword", WRONG);
  }

  private String file(String vector) throws Exception {
    return Vectors.file(directory, vector).toString();
  }

  private void configure(String pid, String... pairs) throws Exception {
    Map<String, Object> properties = new HashMap<>(Map.of("service.pid", pid + "~gate"));
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    IdentityInstance instance =
        switch (pid) {
          case ImportedIdentity.PID -> new ImportedIdentity(context, identities);
          case KeyStoreIdentity.PID -> new KeyStoreIdentity(context, identities);
          default -> new SelfSignedIdentity(context, identities);
        };
    instance.activate(properties);
    for (ServiceReference<?> reference : context.getAllServiceReferences(null, null)) {
      for (String key : reference.getPropertyKeys()) {
        said.add(key + "=" + Arrays.deepToString(new Object[] {reference.getProperty(key)}));
      }
    }
    instance.deactivate();
  }

  /** Faults in code come as exceptions, whose traces may end up anywhere. */
  private void handInAll() throws Exception {
    for (String password : List.of(Vectors.PASSWORD, WRONG, "")) {
      for (String file :
          List.of("openssl3.p12", "openssl3-clear.p12", "openssl11.p12", "rsa.key", "two.p12")) {
        byte[] bytes = Vectors.bytes(file);
        for (int length = bytes.length; length > 0; length -= 101) {
          byte[] cut = Arrays.copyOf(bytes, length);
          hear(() -> Pkcs12.read("gate", cut, password.toCharArray()));
        }
      }
      for (String key : List.of("ec.key", "ec.pkcs8.key", "rsa.key", "rsa.pkcs8-aes.key")) {
        String text = new String(Vectors.bytes(key), StandardCharsets.US_ASCII);
        secrets.add(text.lines().filter(line -> line.length() > 60).findFirst().orElse(text));
        byte[] certificate = Vectors.bytes("ec.pem");
        for (String spoilt :
            List.of(
                text,
                text.replaceFirst("(?s)KEY-----\n.....", "KEY-----\n"),
                text.replace("EC PRIVATE", "RSA PRIVATE"),
                text.replace("RSA PRIVATE", "PRIVATE"),
                text.substring(0, text.length() / 2),
                text.replace("-----END", "---"))) {
          byte[] bytes = spoilt.getBytes(StandardCharsets.US_ASCII);
          hear(() -> PemPair.read("gate", certificate, bytes, password.toCharArray()));
          hear(() -> PemPair.read("gate", bytes, bytes, password.toCharArray()));
        }
      }
    }
  }

  private interface Attempt {
    Object make() throws Exception;
  }

  private void hear(Attempt attempt) throws Exception {
    try {
      said.add(String.valueOf(attempt.make()));
    } catch (IdentityException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      said.add(trace.toString());
    }
  }

  private void look() throws Exception {
    IdentityAttributes rsa = IdentityAttributes.of("rsa").with(IdentityAttributes.KeyAlgorithm.RSA);
    for (TLSIdentity identity :
        List.of(identities.anonymous(), identities.createIdentity("rsa", rsa))) {
      PrivateKey key = identity.getPrivateKey();
      byte[] encoded = key.getEncoded();
      secrets.add(Base64.getEncoder().encodeToString(encoded).substring(50, 70));
      byte[] inner =
          key instanceof ECPrivateKey ec
              ? ec.getS().toByteArray()
              : ((RSAPrivateCrtKey) key).getPrimeP().toByteArray();
      secrets.add(HexFormat.of().formatHex(inner, 2, 30));
      secrets.add(
          key instanceof ECPrivateKey ec
              ? ec.getS().toString()
              : ((RSAPrivateCrtKey) key).getPrivateExponent().toString());
      said.addAll(List.of(identity.toString(), identity.toPem(), key.toString()));
      Contexts contexts = new Contexts();
      var trust = ServerTrust.Pinned.to(identity.getCerts().get(0));
      said.addAll(
          List.of(
              trust.toString(),
              contexts.toString(),
              contexts.server(() -> identity).toString(),
              contexts.client(trust, identity).createSSLEngine().toString()));
    }
  }

  @Test
  void whatIsKeptOnDiskIsItsOwnersOnlyAndHoldsNoKeyInClear() throws Exception {
    Path kept = directory.resolve("kept");
    identities = new Identities(kept, Clock.systemUTC());
    TLSIdentity made = identities.anonymous();
    identities.importIdentity(
        "gate", Vectors.bytes("openssl3.p12"), Vectors.PASSWORD.toCharArray());
    byte[] scalar = ((ECPrivateKey) made.getPrivateKey()).getS().toByteArray();
    String hex = HexFormat.of().formatHex(scalar, scalar.length - 30, scalar.length);
    try (Stream<Path> files = Files.list(kept)) {
      for (Path file : files.toList()) {
        assertEquals(
            "[OWNER_READ, OWNER_WRITE]",
            new java.util.TreeSet<>(Files.getPosixFilePermissions(file)).toString());
        assertFalse(HexFormat.of().formatHex(Files.readAllBytes(file)).contains(hex));
      }
    }
  }
}
