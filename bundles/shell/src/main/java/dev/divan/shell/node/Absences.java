// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the instances of one factory say that are not at work, or not as configured.
 *
 * @param sentences by the instance's name
 */
public record Absences(Map<String, String> sentences) {
  private static final String UNTAKEN = "is configured, but not at work: the bundle of ";

  /**
   * @param there the names of those that are at work
   */
  public static Absences of(Node node, String factoryPid, Set<String> there) {
    Map<String, String> sentences = new TreeMap<>();
    for (Map<String, Object> notice : node.notices()) {
      if (isOf(notice, factoryPid)) {
        Object refused = notice.get(Notice.REFUSED);
        Object sentence = refused == null ? notice.get(Notice.WAITING) : "refused: " + refused;
        sentences.put(new Settings(factoryPid, notice).name(), String.valueOf(sentence));
      }
    }
    for (Map<String, Object> configuration : node.configurations(factoryPid)) {
      if (isOf(configuration, factoryPid)) {
        String name = new Settings(factoryPid, configuration).name();
        if (!there.contains(name)) sentences.putIfAbsent(name, UNTAKEN + factoryPid + " is away");
      }
    }
    return new Absences(sentences);
  }

  /** PIDs of other factories begin alike: {@code dev.divan.listener.auth.password}. */
  private static boolean isOf(Map<String, Object> properties, String factoryPid) {
    Object factory = properties.get("service.factoryPid");
    if (factory != null) return factory.equals(factoryPid);
    String pid = String.valueOf(properties.get("service.pid"));
    return pid.equals(factoryPid) || pid.startsWith(factoryPid + "~");
  }

  /** What the instance of that name says; null if it says nothing. */
  public @Nullable String of(String name) {
    return sentences.get(name);
  }
}
