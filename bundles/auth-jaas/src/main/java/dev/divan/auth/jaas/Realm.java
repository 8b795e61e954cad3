// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import java.security.Principal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose users may come in.
 *
 * @param name of the realm
 * @param requiredRole null if all of them may
 * @param rolePrincipals how the class names of principals that are roles end
 */
public record Realm(String name, @Nullable String requiredRole, List<String> rolePrincipals) {
  /** The end of the class names that the usual login modules give roles and groups. */
  public static final List<String> DEFAULT_ROLE_PRINCIPALS =
      List.of("RolePrincipal", "GroupPrincipal");

  private static final String USER_PRINCIPAL = "UserPrincipal";

  public Realm {
    rolePrincipals = List.copyOf(rolePrincipals);
  }

  /** A realm whose roles are named by the usual classes. */
  public static Realm of(String name, @Nullable String requiredRole) {
    return new Realm(name, requiredRole, DEFAULT_ROLE_PRINCIPALS);
  }

  Set<String> roles(Set<Principal> principals) {
    Set<String> roles = new LinkedHashSet<>();
    for (Principal each : principals) {
      String type = each.getClass().getName();
      if (each.getName() != null && rolePrincipals.stream().anyMatch(type::endsWith)) {
        roles.add(each.getName());
      }
    }
    return roles;
  }

  /** As the realm writes the user, which may differ from how the client did. */
  static String user(Set<Principal> principals, String typed) {
    for (Principal each : principals) {
      String name = each.getName();
      if (each.getClass().getName().endsWith(USER_PRINCIPAL) && name != null && !name.isBlank()) {
        return name;
      }
    }
    return typed;
  }
}
