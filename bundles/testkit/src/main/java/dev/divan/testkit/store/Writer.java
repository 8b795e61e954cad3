// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

import dev.divan.store.Space;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that commits until it is killed, and says the number of each commit when it was
 * acknowledged. Begun again, it goes on where the store says that it was.
 */
final class Writer {
  /** That of {@link StoreUnderTest#space()}. */
  static final String SPACE = "test";

  static final byte[] LAST = {0};
  static final int PARTS = 4;
  static final int BLOB_EVERY = 10;

  private Writer() {}

  /**
   * Begins.
   *
   * @param args the class of the suite, which opens the store, and the directory
   */
  public static void main(String[] args) throws Exception {
    Constructor<?> suite = Class.forName(args[0]).getDeclaredConstructor();
    suite.setAccessible(true);
    try (Space space = ((StoreSuite) suite.newInstance()).open(Path.of(args[1])).open(SPACE)) {
      long number = space.read(s -> s.get(LAST) == null ? 0 : Bytes.number(s.get(LAST)));
      while (true) {
        write(space, ++number);
        System.out.println(number);
      }
    }
  }

  private static void write(Space space, long number) {
    if (number % BLOB_EVERY == 0) {
      Commits.publish(space, key(number, 0), content(number, 0));
    }
    space.write(
        t -> {
          for (int part = 0; part < PARTS; part++) {
            t.put(key(number, part), content(number, part));
          }
          t.put(LAST, Bytes.number(number));
          return true;
        });
  }

  static byte[] key(long number, int part) {
    return ByteBuffer.allocate(9).put((byte) (1 + part)).putLong(number).array();
  }

  /** Some hundred bytes; now and then more than fit one record. */
  static byte[] content(long number, int part) {
    Random random = new Random(number * PARTS + part);
    byte[] content = new byte[random.nextInt(100) == 0 ? 700_000 : random.nextInt(1000)];
    random.nextBytes(content);
    return content;
  }
}
