// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.testkit.transport.Mailbox;
import dev.divan.transport.Channel.Receiver;
import dev.divan.transport.Closure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final Closure POLITE = new Closure(Closure.NORMAL, "", true, null);
  private static final Closure RUDE = new Closure(Closure.ABNORMAL, "", true, null);

  private final AtomicInteger asked = new AtomicInteger();
  private final List<RuntimeException> failures = new ArrayList<>();
  private final Inbox inbox = new Inbox(Runnable::run, asked::incrementAndGet, failures::add);
  private final Mailbox mailbox = new Mailbox();

  @Test
  void framesWaitForTheStart() {
    inbox.arrived(new byte[1]);
    inbox.arrived(new byte[2]);
    assertEquals(2, asked.get());
    inbox.start(mailbox);
    assertEquals(2, mailbox.count());
  }

  @Test
  void readingGoesOnAfterStopUntilTheParkingIsFull() {
    mailbox.stopping(true);
    inbox.start(mailbox);
    inbox.arrived(new byte[1]);
    inbox.arrived(new byte[Inbox.PARKED]);
    assertEquals(2, asked.get());
    inbox.arrived(new byte[1]);
    assertEquals(2, asked.get());
    assertTrue(inbox.withheld());
    mailbox.welcome();
    inbox.resume();
    assertEquals(3, asked.get());
    assertFalse(inbox.withheld());
    assertEquals(2, mailbox.count());
  }

  @Test
  void aPoliteEndComesAfterWhatIsParkedARudeOneAtOnce() {
    mailbox.stopping(true);
    inbox.start(mailbox);
    inbox.arrived(new byte[1]);
    inbox.arrived(new byte[1]);
    inbox.end(POLITE);
    inbox.end(RUDE);
    assertFalse(mailbox.ended());
    mailbox.welcome();
    mailbox.stopping(false);
    inbox.resume();
    assertEquals(2, mailbox.count());
    assertEquals(POLITE, mailbox.awaitEnd());

    Inbox other = new Inbox(Runnable::run, () -> {}, failures::add);
    Mailbox stopped = new Mailbox();
    stopped.stopping(true);
    other.start(stopped);
    other.arrived(new byte[1]);
    other.arrived(new byte[1]);
    other.end(RUDE);
    assertEquals(1, stopped.count());
    assertEquals(RUDE, stopped.awaitEnd());
  }

  @Test
  void aResumeDuringTheCallIsNotLost() {
    List<byte[]> got = new ArrayList<>();
    inbox.start(
        new Receiver() {
          @Override
          public boolean received(byte[] frame) {
            got.add(frame);
            inbox.resume();
            return false;
          }

          @Override
          public void closed(Closure closure) {}
        });
    inbox.arrived(new byte[1]);
    inbox.arrived(new byte[1]);
    assertEquals(2, got.size());
  }

  @Test
  void aReceiverThatThrowsIsReported() {
    inbox.start(
        new Receiver() {
          @Override
          public boolean received(byte[] frame) {
            throw new IllegalStateException("oops");
          }

          @Override
          public void closed(Closure closure) {}
        });
    inbox.arrived(new byte[1]);
    assertEquals("oops", failures.get(0).getMessage());
  }
}
