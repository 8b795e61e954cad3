// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.material.StoredKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The file: {@code identities.p12}, PKCS#12, and beside it {@code identities.password} with the
 * random password it was written with. Both are readable by their owner only, and replaced as a
 * whole. The password guards a copy of the key file that travels without it, in a backup or a
 * ticket; on this machine the file mode is the guard.
 */
final class KeyFile {
  static final String FILE = "identities.p12";
  static final String PASSWORD_FILE = "identities.password";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<PosixFilePermission> OWNERS_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;

  KeyFile(Path directory) {
    this.directory = directory;
  }

  /** All of them by label; none if there is no file yet. */
  Map<String, KeptIdentity> read() throws IdentityException {
    Path file = directory.resolve(FILE);
    Map<String, KeptIdentity> identities = new TreeMap<>();
    if (!Files.exists(file)) {
      return identities;
    }
    char[] password = new char[0];
    try {
      password = password();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(new ByteArrayInputStream(Files.readAllBytes(file)), password);
      for (String alias : StoredKey.aliases(keys)) {
        String label = Alias.label(alias);
        identities.put(
            label, new KeptIdentity(label, StoredKey.read(label, keys, alias, password)));
      }
      return identities;
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityException(
          "the identities in " + file + " cannot be read: " + StoredKey.why(e), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Replaces all. */
  void write(Collection<KeptIdentity> identities) throws IdentityException {
    char[] password = new char[0];
    try {
      createDirectory();
      password = password();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      for (TLSIdentity identity : identities) {
        keys.setKeyEntry(
            Alias.of(identity.getLabel()),
            identity.getPrivateKey(),
            password,
            identity.getCerts().toArray(X509Certificate[]::new));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      keys.store(bytes, password);
      replace(directory.resolve(FILE), bytes.toByteArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IdentityException(
          "the identities in " + directory + " cannot be kept: " + e.getMessage(), e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private char[] password() throws IOException {
    Path file = directory.resolve(PASSWORD_FILE);
    if (!Files.exists(file)) {
      if (Files.exists(directory.resolve(FILE))) {
        throw new IOException("its password file " + file + " is missing");
      }
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      replace(file, Base64.getUrlEncoder().withoutPadding().encode(random));
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
  }

  /** For its owner only, too; one that is there already is left as it was made. */
  private void createDirectory() throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Files.createDirectory(directory, mode(parent, OWNERS_FOLDER));
  }

  private static FileAttribute<?>[] mode(Path where, Set<PosixFilePermission> permissions)
      throws IOException {
    return Files.getFileStore(where).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * Writes beside it, forces it to disk, renames it over: a power cut leaves the old or the new.
   */
  private static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode(file.getParent(), OWNER_ONLY))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Labels as PKCS#12 aliases. The JVM folds aliases to lower case; labels differ by case, so an
   * upper-case letter is written as {@code ^} and four hexadecimal digits.
   */
  static final class Alias {
    private Alias() {}

    static String of(String label) {
      StringBuilder alias = new StringBuilder();
      for (char c : label.toCharArray()) {
        if (c == '^' || Character.toLowerCase(c) != c) {
          alias.append(String.format("^%04x", (int) c));
        } else {
          alias.append(c);
        }
      }
      return alias.toString();
    }

    static String label(String alias) {
      StringBuilder label = new StringBuilder();
      for (int i = 0; i < alias.length(); i++) {
        if (alias.charAt(i) == '^' && alias.length() - i > 4) {
          label.append((char) Integer.parseInt(alias.substring(i + 1, i + 5), 16));
          i += 4;
        } else {
          label.append(alias.charAt(i));
        }
      }
      return label.toString();
    }
  }
}
