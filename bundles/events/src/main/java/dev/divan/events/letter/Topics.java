// SPDX-License-Identifier: Apache-2.0
package dev.divan.events.letter;

import dev.divan.instance.Settings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The topics there are, and those that are wanted. */
public final class Topics {
  public static final String STATUS = "dev/divan/replicator/STATUS";
  public static final String REPLICATED = "dev/divan/document/REPLICATED";
  public static final String FAILED = "dev/divan/document/FAILED";
  public static final String RESOLVED = "dev/divan/conflict/RESOLVED";
  public static final String CONNECTED = "dev/divan/peer/CONNECTED";
  public static final String GONE = "dev/divan/peer/GONE";
  public static final String CHANGED = "dev/divan/collection/CHANGED";

  /** Always wanted: who counts on the others must know of gaps. */
  public static final String LOST = "dev/divan/events/LOST";

  private static final List<String> ALL =
      List.of(STATUS, REPLICATED, FAILED, RESOLVED, CONNECTED, GONE, CHANGED);

  private final Set<String> wanted;

  private Topics(Set<String> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  /**
   * Those the property {@code topics} names, {@code *} at an end for all that begin so; all if it
   * is not there.
   *
   * @throws IllegalArgumentException if one is none of ours
   */
  public static Topics of(Settings settings) {
    List<String> named = settings.list("topics");
    if (named.isEmpty()) return new Topics(Set.copyOf(ALL));
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : named) {
      List<String> meant = ALL.stream().filter(topic -> means(name, topic)).toList();
      if (meant.isEmpty())
        throw settings.fault("topics", "are among " + String.join(", ", ALL) + ", not " + name);
      wanted.addAll(meant);
    }
    return new Topics(wanted);
  }

  private static boolean means(String name, String topic) {
    return name.endsWith("*")
        ? topic.startsWith(name.substring(0, name.length() - 1))
        : topic.equals(name);
  }

  public boolean wants(String topic) {
    return wanted.contains(topic);
  }

  /** In alphabetical order. */
  @Override
  public String toString() {
    return String.join(", ", wanted.stream().sorted().toList());
  }
}
