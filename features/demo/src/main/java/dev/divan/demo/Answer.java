// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo;

import java.util.HashMap;
import java.util.Map;

/** What the application answered to an order: values under names. */
record Answer(Map<String, String> values) {

  static Answer parse(String line) {
    Map<String, String> values = new HashMap<>();
    for (String pair : line.split("\t")) {
      int equals = pair.indexOf('=');
      if (equals > 0) values.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new Answer(values);
  }

  /** Empty if it is not there. */
  String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** 0 if it is not there. */
  long number(String name) {
    return Long.parseLong(values.getOrDefault(name, "0"));
  }
}
