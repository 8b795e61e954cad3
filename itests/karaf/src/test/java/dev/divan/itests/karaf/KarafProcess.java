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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Karaf with {@code etc} and {@code data} of its own, on ports of its own, that nobody but this
 * machine can reach.
 */
final class KarafProcess implements AutoCloseable {
  private static final Path UNPACKED = Path.of("target", "karaf");
  private static final Path REPOSITORY = Path.of("target", "repository");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LOG_LINES = 60;
  private final Path home;
  private final Path base;
  private final int sshPort = freePort();
  private final ChildProcess child;

  /**
   * Starts it; {@link #shell} waits until it is up.
   *
   * @param base an empty folder
   */
  KarafProcess(Path base) throws IOException {
    this.base = base;
    try (Stream<Path> unpacked = Files.list(UNPACKED)) {
      home = unpacked.findFirst().orElseThrow().toAbsolutePath();
    }
    copy(home.resolve("etc"), etc());
    Files.createDirectories(base.resolve("data"));
    edit("org.apache.karaf.shell.cfg", Map.of("sshPort", "" + sshPort, "sshHost", "127.0.0.1"));
    edit(
        "org.apache.karaf.management.cfg",
        Map.of("rmiRegistryPort", "" + freePort(), "rmiServerPort", "" + freePort()));
    Files.writeString(
        etc().resolve("users.properties"),
        """
        karaf = karaf,_g_:admingroup
        _g_\\:admingroup = group,admin,manager,viewer,systembundles,ssh
        """);
    edit(
        "org.ops4j.pax.url.mvn.cfg",
        Map.of(
            "org.ops4j.pax.url.mvn.defaultRepositories",
            home.resolve("system").toUri()
                + "@id=system@snapshots,"
                + REPOSITORY.toAbsolutePath().toUri()
                + "@id=divan@snapshots",
            "org.ops4j.pax.url.mvn.repositories",
            ""));
    child = ChildProcess.start(process("karaf", "server"), base.resolve("stderr.log").toFile());
  }

  /** Runs commands in its shell, once it is up, and returns what they printed. */
  String shell(String... commands) throws IOException, InterruptedException {
    ProcessBuilder builder =
        process(
            "client",
            "-h",
            "127.0.0.1",
            "-a",
            "" + sshPort,
            "-u",
            "karaf",
            "-p",
            "karaf",
            "-r",
            "" + PATIENCE.toSeconds(),
            "-d",
            "1",
            "-b");
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

  /** Lays a configuration file into {@code etc}, whole or not at all. */
  void configure(String file, String... lines) throws IOException {
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
