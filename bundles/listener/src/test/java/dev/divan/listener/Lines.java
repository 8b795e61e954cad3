// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The lines of the listener's logger from now on. */
public final class Lines implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.divan.listener");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  public Lines() {
    appender.start();
    logger.addAppender(appender);
  }

  /** The MDC's peer on each line that contains this. */
  public List<String> peers(String text) {
    return appender.list.stream()
        .filter(line -> line.getFormattedMessage().contains(text))
        .map(line -> String.valueOf(line.getMDCPropertyMap().get("peer")))
        .toList();
  }

  public List<String> warnings() {
    return of(Level.WARN);
  }

  /** The lines of a level; one with a stack trace ends in {@code + stack trace}. */
  public List<String> of(Level level) {
    return appender.list.stream()
        .filter(line -> line.getLevel() == level)
        .map(
            line ->
                line.getFormattedMessage()
                    + (line.getThrowableProxy() == null ? "" : " + stack trace"))
        .toList();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
