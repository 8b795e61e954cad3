// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.instance;

import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The names of beans: {@code dev.divan:type=Replicator,name=site-b}. */
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[^,=:\"*?\\p{Cntrl}]+");

  private Names() {}

  /**
   * @param name as it is; quoted if JMX wants it so
   * @param service a number that tells it from another of the same name, or null
   */
  static ObjectName of(String type, String name, @Nullable Object service) {
    String shown = PLAIN.matcher(name).matches() ? name : ObjectName.quote(name);
    try {
      return new ObjectName(
          "dev.divan:type="
              + type
              + ",name="
              + shown
              + (service == null ? "" : ",service=" + service));
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(name + " cannot be the name of a bean", e);
    }
  }
}
