// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

/** One format and one place, stderr, for what Divan, Jetty and the framework's services log. */
final class Logging {
  private static final String LEVEL = "org.slf4j.simpleLogger.log.";

  private Logging() {}

  /**
   * Must run before the first logger is asked for. What the user set as a system property stays.
   */
  static void configure(String level) {
    set("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    set(LEVEL + "dev.divan", level);
    set("org.slf4j.simpleLogger.showDateTime", "true");
    set("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("org.slf4j.simpleLogger.showThreadName", "false");
    set("org.slf4j.simpleLogger.levelInBrackets", "true");
  }

  private static void set(String property, String value) {
    if (System.getProperty(property) == null) System.setProperty(property, value);
  }
}
