// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.Collection;
import dev.divan.database.Scope;
import java.util.regex.Pattern;

/**
 * What databases, scopes and collections may be called; what may not is an
 * IllegalArgumentException.
 */
public final class Names {
  private static final Pattern DATABASE = Pattern.compile("[a-zA-Z0-9.-][a-zA-Z0-9_.-]{0,99}");
  private static final Pattern COLLECTION = Pattern.compile("[a-zA-Z0-9-][a-zA-Z0-9_%-]{0,250}");

  private Names() {}

  public static void checkDatabase(String name) {
    if (!DATABASE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a database is 1 to 100 of a-z A-Z 0-9 _ - . and does not start with _, not \""
              + name
              + "\"");
    }
  }

  public static void checkCollection(String name, String scope) {
    boolean reserved = name.equals(Collection.DEFAULT_NAME) && scope.equals(Scope.DEFAULT_NAME);
    if (!reserved) {
      check(name);
      if (!scope.equals(Scope.DEFAULT_NAME)) {
        check(scope);
      }
    }
  }

  private static void check(String name) {
    if (!COLLECTION.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a collection or scope is 1 to 251 of a-z A-Z 0-9 _ - % and does not start"
              + " with _ or %, not \""
              + name
              + "\"");
    }
  }
}
