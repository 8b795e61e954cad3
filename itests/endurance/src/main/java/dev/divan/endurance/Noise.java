// SPDX-License-Identifier: Apache-2.0
package dev.divan.endurance;

import java.io.InputStream;
import java.util.Random;

/** So many bytes that do not shrink, always the same. */
final class Noise extends InputStream {
  private final Random random = new Random(7);
  private long left;

  Noise(long bytes) {
    this.left = bytes;
  }

  @Override
  public int read() {
    if (left == 0) return -1;
    left--;
    return random.nextInt(256);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (left == 0) return -1;
    byte[] noise = new byte[(int) Math.min(left, length)];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, buffer, offset, noise.length);
    left -= noise.length;
    return noise.length;
  }
}
