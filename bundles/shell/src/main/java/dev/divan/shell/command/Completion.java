// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import dev.divan.shell.node.Node;
import dev.divan.shell.text.Plain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a word that is half typed may go on, by the usage that people are shown. Never fails: who
 * only types shall not be told what is wrong. Knows no shell's way to write a word. May be used by
 * all threads; asks the node, so it may take as long as a command.
 */
public final class Completion {
  /** Names given at most; trades whole lists for a screen that one can read. */
  public static final int MOST = 50;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.shell");
  private static final String OPTION = "--";
  private static final String HELP = "--help";

  private final Map<String, Place> places;
  private final Supplier<Node> nodes;

  /**
   * @param places by the words of usages: {@code DATABASE}, {@code --collection}
   * @param nodes gives a view of the node for each look; closed after it
   */
  public Completion(Map<String, Place> places, Supplier<Node> nodes) {
    this.places = Map.copyOf(places);
    this.nodes = nodes;
  }

  /**
   * The words that may stand here, sorted: names, and options if one is begun or no other word is
   * needed.
   *
   * @param before the words between the command's name and this one
   * @param begin the part of this one that is typed; may be empty
   */
  public List<String> of(Command command, List<String> before, String begin) {
    Usage.Next next = new Usage(command.usage()).next(before);
    Stream<String> names = names(command, next, begin).stream().filter(Completion::canBeTyped);
    Stream<String> options =
        begin.startsWith("-")
            ? Stream.concat(next.options().stream(), Stream.of(HELP))
            : next.required() ? Stream.empty() : next.options().stream();
    boolean value = next.argument() != null && next.argument().startsWith(OPTION);
    return Stream.concat(names.sorted().distinct(), value ? Stream.empty() : options)
        .filter(each -> each.startsWith(begin))
        .limit(MOST)
        .sorted()
        .toList();
  }

  private Collection<String> names(Command command, Usage.Next next, String begin) {
    Place place = next.argument() == null ? null : places.get(next.argument());
    if (place == null) return List.of();
    try (Node node = nodes.get()) {
      return place.names(node, next.before(), begin);
    } catch (Exception e) {
      LOG.debug("{}: {} is not completed", command.name(), next.argument(), e);
      return List.of();
    }
  }

  /** Not by a name that a terminal would obey, nor by one that is taken for an option. */
  private static boolean canBeTyped(String name) {
    return !name.isEmpty() && !name.startsWith(OPTION) && Plain.line(name).equals(name);
  }
}
