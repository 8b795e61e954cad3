// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import org.jspecify.annotations.Nullable;

/** A body that comes in steps; with {@code hold}, each step only after {@link #release}. */
final class Trickle implements BodySource {
  private final byte[] bytes;
  private final int step;
  private int at;
  boolean holding;
  int closed;
  private boolean free = true;
  private @Nullable Runnable ready;

  Trickle(byte[] bytes, int step) {
    this.bytes = bytes;
    this.step = step;
  }

  Trickle hold() {
    holding = true;
    free = false;
    return this;
  }

  void release() {
    free = true;
    ready.run();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (!free) {
      return 0;
    }
    if (at == bytes.length) {
      return -1;
    }
    int n = Math.min(Math.min(step, length), bytes.length - at);
    System.arraycopy(bytes, at, buffer, offset, n);
    at += n;
    free = !holding;
    return n;
  }

  @Override
  public void whenReady(Runnable wake) {
    ready = wake;
  }

  @Override
  public void close() {
    closed++;
  }
}
