// SPDX-License-Identifier: Apache-2.0
package dev.divan.listener.door;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes guessing slow. Only so many logins of an address are judged at a time. After some failed
 * logins in a row an address is judged one login at a time, and a failure's answer is held back,
 * each time for longer; whoever knows the password is answered at once, in a gap between two
 * guesses. Pure but for the clock it is given; may be used by all threads.
 */
final class Slowdown {
  /**
   * Failures that cost nothing: a client tries a stale password three times by itself. Also the
   * logins of an address judged at a time: more would let one address keep all others waiting, less
   * would send more of those behind one router away to come back (429).
   */
  static final int FREE = 5;

  static final Duration FIRST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** A streak ends by itself after this silence. */
  static final Duration FORGOTTEN = Duration.ofMinutes(15);

  /**
   * Addresses remembered, the latest; about 1 MB. More attackers than this at a time push each
   * other out, and then only the authenticator's own cost slows them.
   */
  static final int MAX_ADDRESSES = 10_000;

  private static final class Streak {
    int failures;
    int judging;
    long last;
  }

  private final LongSupplier nanos;
  private final Map<InetAddress, Streak> streaks =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Streak> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  /**
   * @param nanos as {@link System#nanoTime}
   */
  Slowdown(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Whether a login from there may be judged now; if so {@link #left} or {@link #succeeded} must
   * follow. Those being judged may all turn out to be failures, so they count as if they were: a
   * burst is worth no more guesses than a row.
   */
  synchronized boolean enter(@Nullable InetAddress address) {
    if (address == null) {
      return true;
    }
    Streak streak = streaks.computeIfAbsent(key(address), none -> new Streak());
    if (streak.judging == 0 && nanos.getAsLong() - streak.last > FORGOTTEN.toNanos()) {
      streak.failures = 0;
    }
    if (streak.judging > 0 && streak.failures + streak.judging >= FREE) {
      return false;
    }
    streak.judging++;
    return true;
  }

  /** It failed: for how long to hold the answer back. */
  synchronized Duration failed(@Nullable InetAddress address) {
    if (address == null) {
      return Duration.ZERO;
    }
    Streak streak = streaks.computeIfAbsent(key(address), none -> new Streak());
    streak.last = nanos.getAsLong();
    streak.failures++;
    if (streak.failures <= FREE) {
      return Duration.ZERO;
    }
    Duration delay = FIRST.multipliedBy(1L << Math.min(streak.failures - FREE - 1, 20));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }

  /** It succeeded: all is forgiven, and the login is over. */
  synchronized void succeeded(@Nullable InetAddress address) {
    Streak streak = address == null ? null : streaks.get(key(address));
    if (streak != null) {
      streak.failures = 0;
    }
    left(address);
  }

  /** The login is over, its answer sent. */
  synchronized void left(@Nullable InetAddress address) {
    Streak streak = address == null ? null : streaks.get(key(address));
    if (streak == null) {
      return;
    }
    // pushed out meanwhile and come again, it has not counted this one
    streak.judging = Math.max(0, streak.judging - 1);
    if (streak.judging == 0 && streak.failures == 0) {
      streaks.remove(key(address));
    }
  }

  /** Failures in a row. */
  synchronized int failures(@Nullable InetAddress address) {
    Streak streak = address == null ? null : streaks.get(key(address));
    return streak == null ? 0 : streak.failures;
  }

  /** One customer has a whole /64 of IPv6 to guess from, so that counts as one address. */
  private static InetAddress key(InetAddress address) {
    if (!(address instanceof Inet6Address) || address.isLinkLocalAddress()) {
      return address;
    }
    byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), 8), 16);
    try {
      return InetAddress.getByAddress(prefix);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("16 bytes are an IPv6 address", e);
    }
  }
}
