// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.divan.blip.codec.Flags;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FrameLogTest {

  @Test
  void everyFrameIsALineInColumns() {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.divan.blip");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.setLevel(Level.TRACE);
    logger.setAdditive(false);
    logger.addAppender(lines);
    try {
      Rig rig = new Rig();
      rig.onRequest = IncomingRequest::respond;
      Properties p = Properties.of("Profile", "rev");
      rig.receive(rig.compressed(1, Flags.URGENT, Rig.message(p, new byte[4000])));
      rig.request(2, Flags.NO_REPLY, p, new byte[60_000]);
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(null);
      logger.setAdditive(true);
    }
    int deflated = Integer.parseInt(lines.list.get(0).getFormattedMessage().substring(30).trim());
    assertEquals(
        List.of(
            "test <- MSG          1 zu-- " + String.format("%7d", deflated),
            "test -> RPY          1 -u--       7",
            "test <- MSG          2 --n-   60019",
            "test -> ACKMSG       2 -un-       5"),
        lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
  }

  @Test
  void columnsStayInPlace() {
    assertEquals("ACKRPY 1234567 -un-      16", FrameLog.columns(1_234_567, 0x35, 16));
    assertEquals("MSG          1 zun+   16384", FrameLog.columns(1, 0x78, 16_384));
    assertEquals("7?           0 ----       9", FrameLog.columns(0, 7, 9));
  }
}
