// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.channel;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Masking keys for a client's frames. They must be unpredictable (RFC 6455 §10.3), so they come
 * from a {@link SecureRandom}, but a block of them at a time: asking it for four bytes per frame
 * costs more than masking the frame.
 */
public final class Masks extends Random {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK = 1024;

  private final transient SecureRandom source = new SecureRandom();
  private final transient byte[] block = new byte[BLOCK];
  private transient int used = BLOCK;

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (used == BLOCK) {
        source.nextBytes(block);
        used = 0;
      }
      bytes[i] = block[used++];
    }
  }
}
