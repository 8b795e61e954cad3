// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;

/**
 * One line a frame at TRACE, in columns: remote, direction, type, number, flags, bytes.
 *
 * <pre>
 * 10.0.0.7:5012 &lt;- MSG        12 z-n+   16384
 * 10.0.0.7:5012 -&gt; ACKRPY      3 -un-       5
 * </pre>
 *
 * Flags: z compressed, u urgent, n no reply, + more coming.
 */
final class FrameLog {
  private static final String[] TYPES = {"MSG", "RPY", "ERR", "3?", "ACKMSG", "ACKRPY", "6?", "7?"};

  private final String remote;
  private boolean on;

  FrameLog(String remote) {
    this.remote = remote;
  }

  /** Asks the logger whether it listens; once a turn rather than once a frame. */
  void refresh() {
    on = Telling.LOG.isTraceEnabled();
  }

  void received(long number, int flags, int length) {
    if (on) {
      Telling.LOG.trace("{} <- {}", remote, columns(number, flags, length));
    }
  }

  void sent(long number, int flags, int length) {
    if (on) {
      Telling.LOG.trace("{} -> {}", remote, columns(number, flags, length));
    }
  }

  static String columns(long number, int flags, int length) {
    return String.format(
        "%-6s %7d %c%c%c%c %7d",
        TYPES[flags & Flags.TYPE],
        number,
        (flags & Flags.COMPRESSED) != 0 ? 'z' : '-',
        (flags & Flags.URGENT) != 0 ? 'u' : '-',
        (flags & Flags.NO_REPLY) != 0 ? 'n' : '-',
        (flags & Flags.MORE_COMING) != 0 ? '+' : '-',
        length);
  }
}
