// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.instance.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads a configuration into a source of users. */
final class UserSettings {
  private UserSettings() {}

  /**
   * @throws IllegalArgumentException naming instance and property, without the secret
   */
  static UserSource source(Settings settings) {
    String file = settings.text("users");
    String username = settings.text("username");
    if ((file == null) == (username == null)) {
      throw settings.fault("give either username or users, and not both");
    }
    return file == null ? user(settings, username) : file(settings, file);
  }

  private static UserSource file(Settings settings, String file) {
    try {
      return new UsersFile(Path.of(file));
    } catch (InvalidPathException e) {
      throw settings.fault("users", file + " is no file: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw settings.fault("users", String.valueOf(e.getMessage()), e);
    }
  }

  private static UserSource user(Settings settings, String name) {
    PasswordHash hash = hash(settings);
    try {
      Users users = new Users(List.of(new Users.User(name, hash, Set.of())));
      return () -> users;
    } catch (IllegalArgumentException e) {
      throw settings.fault("username", "cannot be used: " + e.getMessage(), e);
    }
  }

  private static PasswordHash hash(Settings settings) {
    String hash = settings.text(".passwordHash");
    char[] password = settings.secret(".password");
    try {
      if ((hash == null) == (password.length == 0)) {
        throw settings.fault("with username give either .password or .passwordHash, and not both");
      }
      return hash == null ? PasswordHash.of(password) : parsed(settings, hash);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static PasswordHash parsed(Settings settings, String hash) {
    try {
      return PasswordHash.parse(hash);
    } catch (IllegalArgumentException e) {
      throw settings.fault(".passwordHash", "cannot be read: " + e.getMessage(), e);
    }
  }
}
