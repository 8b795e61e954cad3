// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.node;

import java.util.List;
import java.util.Map;

/** A look at this node. For one thread; what it handed out is given back when it is closed. */
public interface Node extends AutoCloseable {

  /** The services of a type that are there now, sorted by name. */
  <T> List<Found<T>> all(Class<T> type);

  /**
   * The properties of the notices that instances hang out while they wait for something or have
   * been refused; see {@link dev.divan.instance.Notice}.
   */
  List<Map<String, Object>> notices();

  /** All configurations whose PID begins so; empty where there is no Configuration Admin. */
  List<Map<String, Object>> configurations(String prefix);

  /** The bundles whose symbolic name begins so: name, version and state, one line each. */
  List<String> bundles(String prefix);

  @Override
  void close();
}
