// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowdownTest {
  private long nanos;
  private final Slowdown slowdown = new Slowdown(() -> nanos);

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  private void fail(InetAddress address, int times) {
    for (int i = 0; i < times; i++) {
      slowdown.enter(address);
      slowdown.failed(address);
      slowdown.left(address);
    }
  }

  @Test
  void aStreakIsForgottenAfterASilence() throws Exception {
    InetAddress eve = address("192.0.2.1");
    fail(eve, 20);
    nanos += Slowdown.FORGOTTEN.toNanos() + 1;
    assertTrue(slowdown.enter(eve));
    assertEquals(Duration.ZERO, slowdown.failed(eve));
    assertEquals(1, slowdown.failures(eve));
  }

  @Test
  void onlyOneLoginIsJudgedAtATimeOnceSlowed() throws Exception {
    InetAddress eve = address("192.0.2.1");
    fail(eve, 6);
    assertTrue(slowdown.enter(eve));
    assertFalse(slowdown.enter(eve));
    slowdown.left(eve);
    assertTrue(slowdown.enter(eve));
  }

  @Test
  void aBurstIsWorthNoMoreGuessesThanARow() throws Exception {
    InetAddress eve = address("192.0.2.1");
    for (int i = 0; i < Slowdown.FREE; i++) {
      assertTrue(slowdown.enter(eve));
    }
    assertFalse(slowdown.enter(eve));
    assertTrue(slowdown.enter(address("192.0.2.2")), "others have guesses of their own");
    slowdown.failed(eve);
    slowdown.left(eve);
    assertFalse(slowdown.enter(eve), "what has failed and what may fail are one sum");
  }

  @Test
  void whoSucceedsMakesRoomForTheNext() throws Exception {
    InetAddress office = address("192.0.2.1");
    for (int i = 0; i < 3 * Slowdown.FREE; i++) {
      assertTrue(slowdown.enter(office));
      assertTrue(slowdown.enter(office));
      slowdown.succeeded(office);
      slowdown.left(office);
    }
  }

  @Test
  void aNetworkOfIpv6CountsAsOneAddress() throws Exception {
    fail(address("2001:db8:0:1::1"), 6);
    assertEquals(6, slowdown.failures(address("2001:db8:0:1:ffff::2")));
    assertEquals(0, slowdown.failures(address("2001:db8:0:2::1")));
    fail(address("fe80::1"), 3);
    assertEquals(0, slowdown.failures(address("fe80::2")), "neighbours are apart");
  }

  @Test
  void soManyAddressesAreRememberedAndNoMore() throws Exception {
    InetAddress first = address("192.0.2.1");
    fail(first, 6);
    for (int i = 0; i < Slowdown.MAX_ADDRESSES; i++) {
      fail(
          InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}),
          1);
    }
    assertEquals(0, slowdown.failures(first));
  }

  @Test
  void withoutAnAddressNothingIsSlowed() {
    fail(null, 50);
    assertTrue(slowdown.enter(null));
    assertEquals(Duration.ZERO, slowdown.failed(null));
  }
}
