// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.karaf;

import dev.divan.itests.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.remote.JMXServiceURL;

/**
 * A Karaf with {@code etc} and {@code data} of its own, on ports of its own, that nobody but this
 * machine can reach.
 */
final class KarafProcess implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "karaf");
  private static final Path INSTALLED = Path.of("target", "repository");
  private static final String MAVEN = "org.ops4j.pax.url.mvn.";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LOG_LINES = 60;
  private final Path home;
  private final Path base;
  private final int sshPort = freePort();
  private final int jmxPort = freePort();
  private final ChildProcess child;

  /**
   * Starts one on a machine where this build has been installed: what it made is in the local Maven
   * repository. What Karaf would fetch from Central comes from the repository of the build; nothing
   * is downloaded. {@link #shell} waits until it is up.
   *
   * @param base an empty folder
   */
  static KarafProcess withInstalled(Path base) throws IOException {
    return new KarafProcess(
        base,
        Map.of(
            MAVEN + "localRepository",
            INSTALLED.toAbsolutePath().toString(),
            MAVEN + "repositories",
            Path.of(System.getProperty("divan.maven")).toUri() + "@id=central"));
  }

  /** Starts one that has nothing but what is in its own folders, and no network. */
  static KarafProcess offline(Path base) throws IOException {
    return new KarafProcess(
        base,
        Map.of(
            MAVEN + "localRepository",
            base.resolve("maven").toAbsolutePath().toString(),
            MAVEN + "repositories",
            ""));
  }

  private KarafProcess(Path base, Map<String, String> maven) throws IOException {
    this.base = base;
    try (Stream<Path> unpacked = Files.list(UNPACKED)) {
      home = unpacked.findFirst().orElseThrow().toAbsolutePath();
    }
    copy(home.resolve("etc"), etc());
    Files.createDirectories(base.resolve("data"));
    edit("org.apache.karaf.shell.cfg", Map.of("sshPort", "" + sshPort, "sshHost", "127.0.0.1"));
    edit(
        "org.apache.karaf.management.cfg",
        Map.of("rmiRegistryPort", "" + jmxPort, "rmiServerPort", "" + freePort()));
    Files.writeString(
        etc().resolve("users.properties"),
        """
        karaf = karaf,_g_:admingroup
        guest = guest,viewer,ssh
        _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
        """);
    edit("org.ops4j.pax.url.mvn.cfg", maven);
    child = ChildProcess.start(process("karaf", "server"), base.resolve("stderr.log").toFile());
  }

  /** Runs commands in its shell, once it is up, and returns what they printed. */
  String shell(String... commands) throws IOException, InterruptedException {
    return shell(List.of(commands));
  }

  String shell(List<String> commands) throws IOException, InterruptedException {
    return shellAs("karaf", commands);
  }

  /**
   * @param user whose password is the name: {@code karaf}, who may do anything, or {@code guest},
   *     who may look
   */
  String shellAs(String user, List<String> commands) throws IOException, InterruptedException {
    ProcessBuilder builder = client(user);
    builder.command().add("-b");
    Path input = Files.writeString(base.resolve("commands"), String.join("\n", commands) + "\n");
    Path output = base.resolve("output");
    Process client =
        builder
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!client.waitFor(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS))
        throw new AssertionError("the shell does not answer\n" + log());
      return Files.readString(output, StandardCharsets.UTF_8);
    } finally {
      client.destroyForcibly();
    }
  }

  /**
   * Sits down at its shell.
   *
   * @param user as for {@link #shellAs}
   */
  Keyboard keyboard(String user) throws IOException, InterruptedException {
    return new Keyboard(client(user).redirectErrorStream(true).start());
  }

  private ProcessBuilder client(String user) {
    return process(
        "client",
        "-h",
        "127.0.0.1",
        "-a",
        "" + sshPort,
        "-u",
        user,
        "-p",
        user,
        "-r",
        "" + PATIENCE.toSeconds(),
        "-d",
        "1");
  }

  /** Lays a configuration file into {@code etc}, whole or not at all. */
  void configure(String file, String... lines) throws IOException {
    configure(file, List.of(lines));
  }

  void configure(String file, List<String> lines) throws IOException {
    Path written = Files.writeString(base.resolve(file), String.join("\n", lines) + "\n");
    Files.move(written, etc().resolve(file), StandardCopyOption.REPLACE_EXISTING);
  }

  void unconfigure(String file) throws IOException {
    Files.delete(etc().resolve(file));
  }

  Path etc() {
    return base.resolve("etc");
  }

  /** The last lines of its log. */
  String log() {
    try {
      List<String> lines = Files.readAllLines(base.resolve("data/log/karaf.log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The TCP ports it listens on; Linux only. */
  Set<Integer> listeningPorts() throws IOException {
    return ListeningPorts.of(child.process());
  }

  /** Where its management beans are. */
  JMXServiceURL jmx() throws IOException {
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/karaf-root");
  }

  /** SIGTERM. */
  int terminate() throws InterruptedException {
    return child.terminate(PATIENCE);
  }

  @Override
  public void close() {
    child.close();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ProcessBuilder process(String script, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("bash", home.resolve("bin/" + script).toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("KARAF_ETC", etc().toString());
    builder.environment().put("KARAF_DATA", base.resolve("data").toString());
    builder.environment().put("JAVA_MAX_MEM", "256M");
    return builder;
  }

  /** Replaces properties, which may go over several lines. */
  private void edit(String file, Map<String, String> properties) throws IOException {
    String text = Files.readString(etc().resolve(file));
    for (Map.Entry<String, String> property : properties.entrySet())
      text =
          text.replaceFirst("(?m)^" + Pattern.quote(property.getKey()) + " *=(.*\\\\\n)*.*$", "")
              + "\n"
              + property.getKey()
              + " = "
              + property.getValue()
              + "\n";
    Files.writeString(etc().resolve(file), text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) Files.createDirectories(copy);
        else Files.copy(file, copy);
      }
    }
  }
}
