// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import com.couchbase.lite.CouchbaseLite;
import com.couchbase.lite.Database;
import com.couchbase.lite.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Loads the client; where the machine cannot, says why and skips, or in CI fails. */
final class ClientRequired implements BeforeAllCallback {
  private static final Path ICU = Path.of("target", "icu54");
  private static boolean loaded;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    String missing = missing();
    if (missing != null) {
      String message = "The Couchbase Lite client cannot run here: " + missing;
      if ("true".equals(System.getenv("CI"))) Assertions.fail(message);
      System.out.println("SKIPPED " + context.getDisplayName() + ". " + message);
      Assumptions.abort(message);
    }
    if (loaded) return;
    CouchbaseLite.init(
        false, Files.createDirectories(Path.of("target", "client")).toFile(), scratch());
    Database.log.getConsole().setLevel(LogLevel.NONE);
    loaded = true;
  }

  private static java.io.File scratch() throws IOException {
    return Files.createDirectories(Path.of("target", "client-scratch")).toFile();
  }

  private static @Nullable String missing() throws IOException {
    String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!machine.equals("Linux amd64"))
      return "these tests know it on Linux amd64 only, this is " + machine;
    Path missing = ICU.resolve("missing");
    if (Files.exists(missing)) return Files.readString(missing).strip();
    return Files.exists(ICU.resolve("libicui18n.so.54"))
        ? null
        : "icu54.sh has not been run (Maven's phase process-test-resources does)";
  }
}
