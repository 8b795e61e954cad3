// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.command;

import dev.divan.shell.node.Node;
import java.util.Collection;

/** Knows the names that can stand at one place of a command, for completion. */
@FunctionalInterface
public interface Place {

  /**
   * What it throws means that there are none.
   *
   * @param before what was typed in front, which need not be right
   * @param begin how the names begin that are wanted; it may give others, too, but of many it
   *     should look for {@link Completion#MOST} of these only
   */
  Collection<String> names(Node node, Arguments before, String begin) throws Exception;
}
