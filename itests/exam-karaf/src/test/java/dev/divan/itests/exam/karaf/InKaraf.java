// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.exam.karaf;

import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.maven;
import static org.ops4j.pax.exam.CoreOptions.mavenBundle;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.features;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** A test that runs inside a Karaf of its own: one for all methods of a class. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class InKaraf {
  private static final String VERSION = System.getProperty("exam.version");
  private static final Path ETC = Path.of("src", "test", "etc");
  private static final String MAVEN = "org.ops4j.pax.url.mvn";

  /** Runs outside, before Karaf starts. */
  @Configuration
  public Option[] karaf() throws IOException {
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(Path.of(System.getProperty("exam.karaf")).toUri().toString())
          .unpackDirectory(Path.of("target", "exam").toFile()),
      configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
      withoutNetwork(),
      features(
          maven("dev.divan", "divan-features", VERSION).type("xml").classifier("features"),
          "divan",
          "divan-jaas",
          "divan-events",
          "divan-inventory"),
      mavenBundle("dev.divan", "org.example.fleet", VERSION),
      systemProperty("exam.port").value("" + freePort()),
      // milliseconds to wait for what is injected; a busy machine is no failure
      systemProperty("pax.exam.service.timeout").value("60000"),
      etc(),
      editConfigurationFilePut("etc/users.properties", "ann", "sunshine,sync"),
      editConfigurationFilePut("etc/users.properties", "bob", "moonlight,viewer")
    };
  }

  /** Karaf finds all it needs in the repository of the build; elsewhere it does not look. */
  private static Option withoutNetwork() {
    return composite(
        editConfigurationFilePut(
            "etc/" + MAVEN + ".cfg",
            MAVEN + ".localRepository",
            System.getProperty("exam.repository")),
        editConfigurationFilePut("etc/" + MAVEN + ".cfg", MAVEN + ".repositories", ""));
  }

  /** What an administrator would write; {@code ${exam.port}} is the system property. */
  private static Option etc() throws IOException {
    try (Stream<Path> files = Files.list(ETC)) {
      return composite(
          files
              .map(file -> replaceConfigurationFile("etc/" + file.getFileName(), file.toFile()))
              .toArray(Option[]::new));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
