// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust;

import dev.divan.itests.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many connections of strangers, from an address of their own. */
final class Crowd implements AutoCloseable {
  private static final String FROM = "127.0.0.66";

  private final List<SocketChannel> present = new ArrayList<>();
  private final ByteBuffer sink = ByteBuffer.allocate(16 * 1024);

  /** One more, who says that and nothing else. */
  void come(int port, byte[] words) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(FROM, 0));
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.configureBlocking(false);
    present.add(channel);
    say(channel, words);
  }

  /** Each says one more thing; who has been hung up on falls silent. */
  void say(byte[] words) throws IOException {
    for (SocketChannel each : List.copyOf(present)) say(each, words);
  }

  private void say(SocketChannel channel, byte[] words) throws IOException {
    try {
      channel.write(ByteBuffer.wrap(words));
    } catch (IOException reset) {
      leave(channel);
    }
  }

  private void leave(SocketChannel channel) throws IOException {
    present.remove(channel);
    channel.close();
  }

  /** How many have not been hung up on. */
  int present() throws IOException {
    for (SocketChannel each : List.copyOf(present)) {
      try {
        int read;
        do {
          sink.clear();
          read = each.read(sink);
        } while (read > 0);
        if (read < 0) leave(each);
      } catch (IOException reset) {
        leave(each);
      }
    }
    return present.size();
  }

  void awaitGone() throws InterruptedException {
    Await.that(() -> present() == 0, () -> present.size() + " are still there");
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel each : present) each.close();
  }
}
