// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What the framework knows in its own terms, as sentences for who wrote the file. */
final class Wording {
  static final String NOT_IN_SERVICE = "is not in service; the log says why";
  private static final String CAUSE = "Caused by: ";

  private Wording() {}

  /**
   * Whether an instance says that it does something beside its work, which it logs itself, and not
   * that something is missing or wrong.
   */
  static boolean isProgress(String waiting) {
    return waiting.startsWith("moves from ");
  }

  static String misnamed(ConfigurationFile file) {
    return "the name configures nothing, File Install does not understand the ~; call it "
        + file.properName();
  }

  static String unknownPid(String pid, Collection<String> known) {
    String nearest = nearest(pid, known);
    return "nothing here is configured by "
        + pid
        + (nearest == null ? "" : "; did you mean " + nearest + "?");
  }

  static String unknownProperty(String property, Collection<String> known) {
    String nearest = nearest(property, known);
    return property
        + ": there is no such property"
        + (nearest == null ? "" : "; did you mean " + nearest + "?");
  }

  /** What a component waits for. */
  static String waiting(ReferenceDTO[] references, UnsatisfiedReferenceDTO[] unsatisfied) {
    List<String> wants = new ArrayList<>();
    for (UnsatisfiedReferenceDTO missing : unsatisfied) {
      String type = missing.name;
      for (ReferenceDTO reference : references)
        if (reference.name.equals(missing.name)) type = reference.interfaceName;
      wants.add(
          missing.name
              + ": waits for a "
              + type.substring(type.lastIndexOf('.') + 1)
              + (missing.target == null || missing.target.isEmpty()
                  ? ", there is none"
                  : " with " + missing.target + ", there is none"));
    }
    return String.join("; ", wants);
  }

  /**
   * The innermost cause's message out of a printed stack trace, less what the file's name says
   * already.
   */
  static String failure(ConfigurationFile file, @Nullable String stackTrace) {
    if (stackTrace == null || stackTrace.isBlank()) return "did not start; the log says why";
    String innermost = null;
    for (String line : stackTrace.lines().toList())
      if (innermost == null || line.startsWith(CAUSE)) innermost = line;
    String message =
        withoutType(innermost.startsWith(CAUSE) ? innermost.substring(CAUSE.length()) : innermost);
    return withoutOrigin(file, file.instance(), message);
  }

  /** Why a configuration was refused, less what the file's name says already. */
  static String refused(ConfigurationFile file, @Nullable Object name, String sentence) {
    return withoutOrigin(file, name, sentence);
  }

  private static String withoutOrigin(
      ConfigurationFile file, @Nullable Object name, String sentence) {
    for (String prefix : List.of(file.pid() + " " + name + ": ", file.pid() + ": "))
      if (sentence.startsWith(prefix)) return sentence.substring(prefix.length());
    return sentence;
  }

  private static String withoutType(String line) {
    int colon = line.indexOf(": ");
    return colon > 0 && line.lastIndexOf(' ', colon) < 0 ? line.substring(colon + 2) : line;
  }

  /** The known word that a slip of the pen may have turned into this one; null if there is none. */
  static @Nullable String nearest(String word, Collection<String> known) {
    String best = null;
    int least = Math.max(2, word.length() / 4) + 1;
    for (String candidate : known) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
