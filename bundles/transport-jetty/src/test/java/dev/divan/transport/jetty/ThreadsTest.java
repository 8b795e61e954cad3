// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.Binding;
import dev.divan.transport.Channel;
import dev.divan.transport.Closure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadsTest {
  private static List<Thread> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("divan-net"))
        .toList();
  }

  @Test
  void threadsComeWithTheFirstUseAndAllGoWithTheLast() throws Exception {
    for (Thread left : ours()) {
      left.join(5000); // of other tests
    }
    assertEquals(List.of(), ours());
    Stage stage = new Stage();
    assertEquals(List.of(), ours(), "nothing was used yet");
    Mailbox mailbox = new Mailbox();
    for (int i = 0; i < 3; i++) {
      Binding binding = stage.bind(null, false);
      for (int j = 0; j < 10; j++) {
        Channel channel =
            stage
                .dial("ws://localhost:" + binding.port() + "/", null, Stage.LONG)
                .get(10, TimeUnit.SECONDS);
        if (i + j == 0) {
          channel.start(mailbox);
        }
      }
    }
    List<Thread> threads = ours();
    assertTrue(threads.size() <= 16, threads.toString());
    assertTrue(threads.stream().allMatch(Thread::isDaemon));
    stage.close();
    assertEquals(Closure.ABNORMAL, mailbox.awaitEnd().code());
    for (Thread thread : threads) {
      thread.join(5000);
    }
    assertEquals(List.of(), ours());
  }
}
