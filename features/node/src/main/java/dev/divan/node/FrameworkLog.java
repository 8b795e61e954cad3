// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import org.apache.felix.framework.Logger;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Leads what the framework has to say, which it would print on standard output, to the log. */
final class FrameworkLog extends Logger {
  private final org.slf4j.Logger log = LoggerFactory.getLogger("dev.divan.framework");

  @Override
  @SuppressWarnings("rawtypes") // as declared by Felix
  protected void doLog(
      Bundle bundle, ServiceReference service, int level, String message, Throwable cause) {
    doLog(level, message, cause);
  }

  @Override
  protected void doLog(int level, String message, Throwable cause) {
    Level as =
        switch (level) {
          case LOG_ERROR -> Level.ERROR;
          case LOG_WARNING -> Level.WARN;
          default -> Level.DEBUG;
        };
    log.atLevel(as).setCause(cause).log(message);
  }
}
