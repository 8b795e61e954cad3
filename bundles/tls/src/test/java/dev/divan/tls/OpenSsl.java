// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program {@code openssl}: somebody else's opinion. */
public final class OpenSsl implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Process process;
  private final StringBuilder said = new StringBuilder();

  private OpenSsl(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    // a read from a process that hangs is ended by its death
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  /** Skips the test where there is none, except in CI, which has to have it. */
  public static void assumeThere() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "openssl")));
    assumeTrue(there || System.getenv("CI") != null, "openssl is not here");
    assertTrue(there, "CI has openssl");
  }

  /** What it says; it must succeed. */
  public static String run(String... arguments) throws Exception {
    try (OpenSsl openssl = new OpenSsl(arguments)) {
      String said = openssl.rest();
      assertEquals(0, openssl.process.waitFor(), said);
      return said;
    }
  }

  /** To be talked with. */
  public static OpenSsl start(String... arguments) throws IOException {
    return new OpenSsl(arguments);
  }

  /** One line. */
  public OpenSsl say(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return this;
  }

  /** Reads until it has said this since it was last asked; fails if it ends before. */
  public OpenSsl until(String part) throws IOException {
    int from = said.length();
    while (said.indexOf(part, from) < 0) {
      int next = process.getInputStream().read();
      if (next < 0) {
        throw new AssertionError("openssl never said " + part + " but: " + said);
      }
      said.append((char) next);
    }
    return this;
  }

  /** Everything it has said and will say, if nobody says anything more. */
  public String rest() throws IOException {
    try {
      process.getOutputStream().close();
    } catch (IOException endedAlready) {
      // what it says tells why
    }
    said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    return said.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
