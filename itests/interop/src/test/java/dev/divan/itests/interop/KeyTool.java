// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority and those it vouches for, made with the JDK's own tool; all for 127.0.0.1. */
final class KeyTool {
  static final String PASSWORD = "of the parcel";
  private static final String AUTHORITY = "authority";
  private final Path directory;

  KeyTool(Path directory) throws IOException, InterruptedException {
    this.directory = Files.createDirectories(directory);
    pair(AUTHORITY, "-ext", "bc:c", "-validity", "365");
  }

  /** Signed by itself. */
  Path alone(String name) throws IOException, InterruptedException {
    pair(name, "-ext", "san=ip:127.0.0.1", "-validity", "365");
    return file(name);
  }

  /** Signed by the authority. */
  Path signed(String name, String... validity) throws IOException, InterruptedException {
    pair(name, "-validity", "365");
    Path request = directory.resolve(name + ".csr");
    Path certificate = directory.resolve(name + ".pem");
    Path authority = directory.resolve(AUTHORITY + ".pem");
    run(store(name), "-certreq", "-alias", name, "-file", request.toString());
    List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", AUTHORITY));
    sign.addAll(List.of("-rfc", "-ext", "san=ip:127.0.0.1", "-infile", request.toString()));
    sign.addAll(List.of("-outfile", certificate.toString()));
    sign.addAll(Arrays.asList(validity));
    run(store(AUTHORITY), sign.toArray(String[]::new));
    run(
        store(AUTHORITY),
        "-exportcert",
        "-rfc",
        "-alias",
        AUTHORITY,
        "-file",
        authority.toString());
    Path chain = directory.resolve(name + "-chain.pem");
    Files.writeString(chain, Files.readString(certificate) + Files.readString(authority));
    run(
        store(name),
        "-importcert",
        "-noprompt",
        "-trustcacerts",
        "-alias",
        name,
        "-file",
        chain.toString());
    return file(name);
  }

  /** The certificate in a file that was made here. */
  static byte[] certificate(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    return store.getCertificate(store.aliases().nextElement()).getEncoded();
  }

  private void pair(String name, String... further) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-genkeypair", "-alias", name));
    arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name));
    arguments.addAll(Arrays.asList(further));
    run(store(name), arguments.toArray(String[]::new));
  }

  private Path file(String name) {
    return directory.resolve(name + ".p12");
  }

  private List<String> store(String name) {
    return List.of(
        "-keystore", file(name).toString(), "-storetype", "PKCS12", "-storepass", PASSWORD);
  }

  private void run(List<String> store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments));
    command.addAll(store);
    Path said = directory.resolve("said");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0)
      throw new AssertionError(command + ": " + Files.readString(said));
  }
}
