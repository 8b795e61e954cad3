// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is known, at one moment. Immutable. */
final class Users {
  /** Users in one file; beyond that a directory service is the better place. */
  static final int MAX_USERS = 10_000;

  /** One of them. */
  record User(String name, PasswordHash hash, Set<String> roles) {
    User {
      roles = Set.copyOf(roles);
      if (name.isEmpty() || name.indexOf(':') >= 0) {
        throw new IllegalArgumentException("a user name is not empty and has no colon");
      }
    }
  }

  private final Map<String, User> users = new HashMap<>();
  private final PasswordHash nobody;

  Users(List<User> list) {
    int iterations = 0;
    for (User user : list) {
      if (users.put(user.name(), user) != null) {
        throw new IllegalArgumentException("the user " + user.name() + " is there twice");
      }
      iterations = Math.max(iterations, user.hash().iterations());
    }
    if (users.size() > MAX_USERS) {
      throw new IllegalArgumentException("more than " + MAX_USERS + " users");
    }
    nobody = PasswordHash.ofNobody(iterations == 0 ? PasswordHash.ITERATIONS : iterations);
  }

  /**
   * Reads a users file: {@code name:hash} or {@code name:hash:role,role} on each line; empty lines
   * and those that begin with {@code #} count nothing.
   *
   * @throws IllegalArgumentException with the line's number
   */
  static Users parse(List<String> lines) {
    List<User> list = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        String[] parts = line.split(":", -1);
        if (parts.length != 2 && parts.length != 3) {
          throw new IllegalArgumentException("a line looks like name:hash or name:hash:role,role");
        }
        Set<String> roles = new LinkedHashSet<>();
        if (parts.length == 3) {
          Arrays.stream(parts[2].split(","))
              .map(String::strip)
              .filter(role -> !role.isEmpty())
              .forEach(roles::add);
        }
        list.add(new User(parts[0].strip(), PasswordHash.parse(parts[1]), roles));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return new Users(list);
  }

  /** The user, or null; whoever asks must then spend the effort on {@link #nobody}. */
  @Nullable User find(String name) {
    return users.get(name);
  }

  /** Costs as much to verify as the dearest user, and never succeeds. */
  PasswordHash nobody() {
    return nobody;
  }

  int size() {
    return users.size();
  }
}
