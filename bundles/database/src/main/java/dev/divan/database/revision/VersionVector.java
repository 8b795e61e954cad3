// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest version known of each source: the current one first, then those a merge joined, then
 * the previous ones. A source occurs once, except that the current one's may occur again among the
 * merged.
 *
 * @param versions all of them, in that order; at least one
 * @param merges how many were merged
 */
public record VersionVector(List<Version> versions, int merges) {

  /** The longest vector read from outside; each entry is a database that wrote to the document. */
  public static final int MAX_VERSIONS = 1000;

  private static final Comparator<Version> NEWEST_FIRST =
      Comparator.<Version>comparingLong(Version::time)
          .reversed()
          .thenComparing(Version::source, VersionVector::compareBytes);

  public VersionVector {
    versions = List.copyOf(versions);
  }

  /** How two vectors stand to each other. */
  public enum Order {
    SAME,
    NEWER,
    OLDER,
    CONFLICT
  }

  public static VersionVector of(Version current) {
    return new VersionVector(List.of(current), 0);
  }

  public Version current() {
    return versions.get(0);
  }

  public List<Version> merged() {
    return versions.subList(1, 1 + merges);
  }

  public List<Version> previous() {
    return versions.subList(1 + merges, versions.size());
  }

  /** The vector a text is, or null if it is none. */
  public static @Nullable VersionVector parse(String text) {
    List<Version> versions = new ArrayList<>();
    int merges = -1;
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) != ',' && text.charAt(end) != ';') {
        end++;
      }
      Version version = Version.parse(text.substring(at, end));
      if (version == null || versions.size() == MAX_VERSIONS) {
        return null;
      }
      versions.add(version);
      if (end < text.length() && text.charAt(end) == ';') {
        if (merges >= 0) {
          return null;
        }
        merges = versions.size() - 1;
      }
      for (at = end + 1; at < text.length() && text.charAt(at) == ' '; at++) {}
    }
    if (versions.isEmpty()) {
      return null;
    }
    int merged = merges < 0 ? versions.size() - 1 : merges;
    return unique(versions, merged) ? new VersionVector(versions, merged) : null;
  }

  private static boolean unique(List<Version> versions, int merges) {
    java.util.Set<UUID> seen = new java.util.HashSet<>();
    for (int i = 0; i < versions.size(); i++) {
      UUID source = versions.get(i).source();
      boolean again = i > 0 && i <= merges && source.equals(versions.get(0).source());
      if (again) {
        boolean older = Long.compareUnsigned(versions.get(i).time(), versions.get(0).time()) < 0;
        if (!older || versions.subList(1, i).stream().anyMatch(v -> v.source().equals(source))) {
          return false;
        }
      } else if (!seen.add(source)) {
        return false;
      }
    }
    return true;
  }

  /** The time of a source's version; 0 if it has none here. */
  public long time(UUID source) {
    for (Version version : versions) {
      if (version.source().equals(source)) {
        return version.time();
      }
    }
    return 0;
  }

  private boolean covers(Version version) {
    return time(version.source()) >= version.time();
  }

  /** How this stands to another. Never by comparing the times of different sources. */
  public Order compare(VersionVector other) {
    if (current().equals(other.current())) {
      return Order.SAME;
    }
    boolean newer = covers(other.current());
    boolean older = other.covers(current());
    if (newer == older) {
      return Order.CONFLICT;
    }
    return newer ? Order.NEWER : Order.OLDER;
  }

  /** The vector after an edit: what was current or merged becomes previous. */
  public VersionVector edit(Version next) {
    if (versions.size() == 1 && current().source().equals(next.source())) {
      return of(next);
    }
    List<Version> after = new ArrayList<>(versions.size() + 1);
    after.add(next);
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      boolean marker = i > 0 && version.source().equals(current().source());
      if (!marker && !version.source().equals(next.source())) {
        after.add(version);
      }
    }
    after.subList(1, after.size()).sort(NEWEST_FIRST);
    return new VersionVector(after, 0);
  }

  private static int compareBytes(UUID a, UUID b) {
    int order = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(versions.size() * 41);
    for (int i = 0; i < versions.size(); i++) {
      if (i > 0) {
        text.append(i == merges + 1 ? "; " : ", ");
      }
      text.append(versions.get(i));
    }
    return merges > 0 && versions.size() == merges + 1
        ? text.append(';').toString()
        : text.toString();
  }
}
