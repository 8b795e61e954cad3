// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.divan.itests.trust.login.Porter;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.Replicator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/**
 * Everything that has a secret is run, with every logger of ours wide open: logins that succeed and
 * fail, configurations that are taken and refused. Then the secrets are looked for wherever a
 * person or a tool may look.
 */
class SecretLeakTest {
  private static final Duration YEAR = Duration.ofDays(365);

  /** What none may see, and what it is. */
  private static final Map<String, String> SECRETS = new LinkedHashMap<>();

  private static final Lines LINES = new Lines();

  @TempDir static Path home;
  private static Node office;
  private static Node field;

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final StringBuffer text = new StringBuffer();

    @Override
    protected void append(ILoggingEvent event) {
      text.append(event.getLoggerName())
          .append(' ')
          .append(event.getFormattedMessage())
          .append(event.getMDCPropertyMap())
          .append('\n');
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) text.append(ThrowableProxyUtil.asString(thrown)).append('\n');
    }
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /** Makes a secret of it. */
  private static String secret(String what, String text) {
    SECRETS.put(text, what);
    return text;
  }

  private static Issuer key(String what, Issuer issuer) {
    String base64 = Base64.getEncoder().encodeToString(issuer.key());
    // the end is the key itself; what is before is the same for all of a kind
    secret(what, base64.substring(base64.length() - 40));
    secret(what + " in hexadecimal", HexFormat.of().formatHex(issuer.key()).substring(80));
    return issuer;
  }

  private static String password(String user, String text) {
    secret("password of " + user, text);
    byte[] pair = (user + ":" + text).getBytes(StandardCharsets.UTF_8);
    secret("credentials of " + user, Base64.getEncoder().encodeToString(pair));
    return text;
  }

  @BeforeAll
  static void run() throws Exception {
    LINES.start();
    logger("dev.divan").addAppender(LINES);
    logger("dev.divan").setAdditive(false);
    logger("dev.divan").setLevel(Level.TRACE);
    office = new Node(home.resolve("office"));
    field = new Node(home.resolve("field"));
    Issuer authority = key("key of the authority", Issuer.authority("authority"));
    identities(authority);
    authenticators(authority);
    for (String authenticator : List.of("one", "hashed", "file", "certificate", "realm", "none"))
      for (boolean clear : new boolean[] {true, false})
        office.configure(
            "dev.divan.listener",
            authenticator + (clear ? "-ws" : "-wss"),
            Map.of(
                "database", "notes",
                "networkInterface", "127.0.0.1",
                "disableTLS", clear,
                "tlsIdentity", "server",
                "authenticator", authenticator));
    for (String authenticator : List.of("one", "hashed", "file", "realm"))
      for (String transport : List.of("-ws", "-wss"))
        for (String introduction :
            List.of(authenticator, "asked-" + authenticator, "wrong", "session", "bearer", "filed"))
          replicate(authenticator + transport, introduction);
    replicate("certificate-wss", "client");
    replicate("certificate-wss", "stranger");
    faults();
  }

  @AfterAll
  static void stop() throws Exception {
    if (field != null) field.close();
    if (office != null) office.close();
    logger("dev.divan").setLevel(Level.OFF);
    logger("dev.divan").detachAppender(LINES);
  }

  private static void identities(Issuer authority) throws IOException {
    String parcel = secret("password of the PKCS#12", "parcel-3f7d1c");
    Issuer server = key("key of the listener", authority.server("office", YEAR));
    office.configure(
        "dev.divan.tls.imported",
        "server",
        Map.of("certBase64", secret("PKCS#12", server.pkcs12Base64(parcel)), ".password", parcel));
    Issuer pem = key("key in PEM", Issuer.alone("pem", YEAR));
    Path file = Files.writeString(home.resolve("pair.pem"), pem.pemPair());
    office.configure("dev.divan.tls.imported", "pem", Map.of("certificateFile", file.toString()));
    office.configure("dev.divan.tls.selfsigned", "self", Map.of("commonName", "self"));
    Issuer kept = key("key of the key store", Issuer.alone("kept", YEAR));
    Path store = Files.write(home.resolve("keys.p12"), kept.pkcs12(parcel));
    office.configure(
        "dev.divan.tls.keystore",
        "kept",
        Map.of("keystore", store.toString(), ".password", parcel, ".keyPassword", parcel));
    Map.of("client", authority, "stranger", Issuer.authority("stranger"))
        .forEach(
            (label, issuer) -> {
              Issuer client = key("key of the " + label, issuer.client("ann", YEAR));
              field.configure(
                  "dev.divan.tls.imported",
                  label,
                  Map.of(
                      "certBase64",
                      secret("PKCS#12 of the " + label, client.pkcs12Base64(parcel)),
                      ".password",
                      parcel));
              field.configure("dev.divan.auth.certificate", label, Map.of("identity", label));
            });
  }

  private static void authenticators(Issuer authority) throws IOException {
    String factory = "dev.divan.listener.auth.password";
    office.configure(
        factory, "one", Map.of("username", "one", ".password", password("one", "sesame-8a1f0e")));
    String hash = Hash.of(password("hashed", "sesame-77b2c9"));
    secret("hash", hash);
    secret("salted hash", hash.substring(hash.lastIndexOf('$') + 1));
    office.configure(factory, "hashed", Map.of("username", "hashed", ".passwordHash", hash));
    String filed = Hash.of(password("file", "sesame-c0ffee"));
    secret("hash in the file", filed.substring(filed.lastIndexOf('$') + 1));
    Path users = Files.writeString(home.resolve("users"), "file:" + filed + ":staff\n");
    office.configure(factory, "file", Map.of("users", users.toString()));
    office.configure(
        "dev.divan.listener.auth.certificate",
        "certificate",
        Map.of("rootCertificates", authority.pem()));
    Porter.open("trust", Map.of("realm", "staff:" + password("realm", "sesame-1234aa")));
    office.configure("dev.divan.listener.auth.jaas", "realm", Map.of("realm", "trust"));
    for (String user : List.of("one", "hashed", "file", "realm")) {
      String password =
          SECRETS.entrySet().stream()
              .filter(each -> each.getValue().equals("password of " + user))
              .findFirst()
              .orElseThrow()
              .getKey();
      field.configure(
          "dev.divan.auth.basic", user, Map.of("username", user, ".password", password));
      field.configure(
          "dev.divan.auth.basic",
          "asked-" + user,
          Map.of("username", user, ".password", password, "preemptive", false));
    }
    field.configure(
        "dev.divan.auth.basic",
        "wrong",
        Map.of("username", "one", ".password", password("one", "guess-55aa11")));
    field.configure(
        "dev.divan.auth.session", "session", Map.of(".session", secret("session", "sess-d41d8c")));
    field.configure(
        "dev.divan.auth.bearer", "bearer", Map.of(".token", secret("token", "token-9e107d")));
    Path token =
        Files.writeString(home.resolve("token"), secret("token in the file", "token-e4d909"));
    field.configure("dev.divan.auth.bearer", "filed", Map.of("tokenFile", token.toString()));
  }

  private static void replicate(String listener, String introduction) throws Exception {
    URLEndpointListener door = office.listener(listener);
    String name = listener + "-by-" + introduction;
    Map<String, Object> properties = new HashMap<>();
    properties.put("database", "notes");
    properties.put(
        "url",
        (listener.endsWith("ws") ? "ws" : "wss") + "://127.0.0.1:" + door.getPort() + "/notes");
    properties.put("authenticator", introduction);
    properties.put("headers", "X-Api-Key: " + secret("header", "header-0cc175"));
    if (!listener.endsWith("ws")) properties.put("pinnedServerCertificate", fingerprint(door));
    properties.put("continuous", false);
    properties.put("autostart", false);
    properties.put("maxAttempts", 1);
    field.configure("dev.divan.replicator", name, properties);
    var error = field.run(name);
    boolean right = introduction.endsWith(listener.split("-")[0]) || introduction.equals("client");
    if (right) assertNull(error, name);
    else assertNotNull(error, name);
  }

  private static String fingerprint(URLEndpointListener door) {
    var identity = door.getTlsIdentity();
    return identity == null ? "00".repeat(32) : identity.getFingerprint();
  }

  /** Secrets where they should not be, and with faults beside them. */
  private static void faults() throws Exception {
    String misplaced = secret("misplaced password", "misplaced-0b4e7a");
    office.configure(
        "dev.divan.listener.auth.password", "slip", Map.of("username", "a", "password", misplaced));
    office.configure(
        "dev.divan.listener.auth.password",
        "bad-hash",
        Map.of("username", "a", ".passwordHash", misplaced));
    Path users = Files.writeString(home.resolve("bad-users"), "ann:" + misplaced + "\n");
    office.configure(
        "dev.divan.listener.auth.password", "bad-users", Map.of("users", users.toString()));
    office.configure(
        "dev.divan.tls.imported",
        "bad-import",
        Map.of("certBase64", "AAAA", ".password", misplaced, "password", misplaced));
    office.configure(
        "dev.divan.tls.imported", "bad-import-2", Map.of("certBase64", misplaced + "!!"));
    office.configure(
        "dev.divan.listener",
        "slip",
        Map.of("database", "notes", "port", "x", "password", misplaced));
    field.configure(
        "dev.divan.auth.basic", "slip", Map.of("username", "ann", "password", misplaced));
    field.configure("dev.divan.auth.bearer", "slip", Map.of(".token", misplaced + " no token"));
    field.configure("dev.divan.auth.bearer", "slip-2", Map.of("token", misplaced));
    field.configure("dev.divan.auth.session", "slip", Map.of(".session", misplaced + "; a=b"));
    field.configure("dev.divan.auth.session", "slip-2", Map.of("session", misplaced));
    field.configure(
        "dev.divan.replicator",
        "slip",
        Map.of("database", "notes", "url", "ws://127.0.0.1:1/notes", "headers", misplaced));
    String inUrl = secret("password in a URL", "url-92eb5f");
    field.configure(
        "dev.divan.replicator",
        "slip-url",
        Map.of("database", "notes", "url", "ws://ann:" + inUrl + "@127.0.0.1:1/notes"));
    for (String each : List.of("bad-hash", "bad-users", "bad-import", "bad-import-2"))
      office.awaitNotice(each, each);
    for (String each : List.of("slip", "slip-url")) field.awaitNotice(each, each);
  }

  @Test
  void notInTheLog() {
    assertTrue(LINES.text.indexOf("dev.divan.blip") >= 0, "the log is as open as it gets");
    assertClean("the log", LINES.text.toString());
  }

  @Test
  void notInTheServiceRegistry() {
    StringBuilder seen = new StringBuilder();
    for (Node node : List.of(office, field))
      for (ServiceReference<?> each : node.services(null)) {
        for (String key : each.getPropertyKeys())
          seen.append(key).append(" = ").append(words(each.getProperty(key))).append('\n');
        Object service = node.context().getService(each);
        seen.append(service).append('\n');
        if (service instanceof Replicator replicator)
          seen.append(replicator.getStatus())
              .append(replicator.getConfiguration())
              .append(replicator.getConfiguration().getAuthenticator())
              .append(replicator.openWork());
        if (service instanceof URLEndpointListener listener)
          seen.append(listener.getConfiguration())
              .append(listener.getConfiguration().getAuthenticator())
              .append(listener.getTlsIdentity())
              .append(listener.getSessions());
      }
    assertTrue(seen.indexOf("divan.refused") >= 0);
    assertClean("the service registry", seen.toString());
  }

  private static String words(Object value) {
    return value instanceof Object[] many ? Arrays.deepToString(many) : String.valueOf(value);
  }

  @Test
  void notInTheShell() throws Exception {
    StringBuilder said = new StringBuilder();
    for (Node node : List.of(office, field)) {
      for (String command :
          List.of(
              "commands",
              "status",
              "db-list",
              "listener-list",
              "replicator-list",
              "peers",
              "identity-list",
              "password-hash --help")) said.append(type(node, command));
      for (String name : List.of("server", "pem", "self", "kept", "client", "stranger")) {
        said.append(type(node, "identity-show " + name));
        said.append(type(node, "identity-export " + name));
      }
      for (ServiceReference<?> each :
          node.services("(objectClass=" + Replicator.class.getName() + ")")) {
        said.append(type(node, "replicator-show " + each.getProperty("name")));
        said.append(type(node, "doctor " + each.getProperty("name")));
      }
      for (String name : List.of("slip", "slip-url"))
        said.append(type(node, "replicator-show " + name));
    }
    assertTrue(said.indexOf("one-wss") >= 0, said::toString);
    assertClean("the shell", said.toString());
  }

  /** As Gogo calls it; by reflection, the command's class is a bundle's. */
  private static String type(Node node, String line) throws Exception {
    String[] words = line.split(" ");
    List<ServiceReference<?>> found =
        node.services("(&(osgi.command.scope=divan)(osgi.command.function=" + words[0] + "))");
    assertEquals(1, found.size(), words[0]);
    Object command = node.context().getService(found.get(0));
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    AutoCloseable session = () -> {};
    String failure = "";
    try {
      command
          .getClass()
          .getMethod("_main", AutoCloseable.class, String[].class)
          .invoke(command, session, words);
    } catch (InvocationTargetException e) {
      failure = e.getCause() + "\n";
    } finally {
      System.setOut(before);
    }
    return "> " + line + "\n" + out.toString(StandardCharsets.UTF_8) + failure;
  }

  @Test
  void notInJmxNorInHealth() throws Exception {
    StringBuilder seen = new StringBuilder();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(new ObjectName("dev.divan*:*"), null))
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes())
        seen.append(name)
            .append(attribute.getName())
            .append(words(server.getAttribute(name, attribute.getName())));
    assertTrue(!seen.isEmpty(), "there are beans");
    for (Node node : List.of(office, field))
      for (ServiceReference<?> each :
          node.services("(objectClass=org.apache.felix.hc.api.HealthCheck)")) {
        Object check = node.context().getService(each);
        seen.append(check.getClass().getMethod("execute").invoke(check));
      }
    assertClean("JMX and health", seen.toString());
  }

  @Test
  void onTheDiskOnlyTheOwnerReads() throws Exception {
    for (String node : List.of("office", "field"))
      try (Stream<Path> files = Files.list(home.resolve(node).resolve("identities"))) {
        List<Path> all = files.toList();
        assertTrue(all.size() >= 2, all::toString);
        for (Path each : all) assertEquals("rw-------", permissions(each), each::toString);
      }
  }

  @Test
  void onTheDiskOnlyTheOwnerLooks() throws Exception {
    assertEquals("rwx------", permissions(home.resolve("office").resolve("identities")));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertClean(String place, String text) {
    List<String> found = new ArrayList<>();
    SECRETS.forEach(
        (secret, what) -> {
          int at = text.indexOf(secret);
          if (at >= 0)
            found.add(
                what
                    + ": …"
                    + text.substring(
                        Math.max(0, at - 200), Math.min(text.length(), at + secret.length() + 60)));
        });
    assertEquals(List.of(), found, place);
  }
}
