// SPDX-License-Identifier: Apache-2.0
package dev.divan.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A home folder is one node's. Given back when the JVM ends, however it ends. */
final class HomeLock implements AutoCloseable {
  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException with a sentence, if another node has it
   */
  static HomeLock take(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("data/framework"));
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException("another node uses " + home + "; stop it, or choose another --home");
    }
    return new HomeLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
