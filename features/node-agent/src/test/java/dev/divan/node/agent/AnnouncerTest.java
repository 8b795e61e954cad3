// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private static Map<String, Object> properties(String... urls) {
    return Map.of("service.id", 7L, "listener.urls", urls);
  }

  @Test
  void aListenerIsAnnouncedWhenItMovesAndWhenItIsStartedAgain() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Announcer announcer = new Announcer(new PrintStream(printed, true));
    for (Map<String, Object> each :
        List.of(
            properties("wss://a:1/x", "wss://127.0.0.1:1/x"),
            properties("wss://a:1/x"),
            properties("wss://a:2/x"),
            properties(),
            properties("wss://a:2/x"))) announcer.bindListener(each);
    announcer.unbindListener(properties("wss://a:2/x"));
    announcer.bindListener(properties("wss://a:2/x"));
    assertEquals(
        List.of(
            "listening wss://a:1/x",
            "listening wss://a:2/x",
            "listening wss://a:2/x",
            "listening wss://a:2/x"),
        printed.toString().lines().toList());
  }
}
