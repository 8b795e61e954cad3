// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls those who await answers, and lets none of them break the connection. */
final class Telling {
  static final Logger LOG = LoggerFactory.getLogger("dev.divan.blip");

  /** Awaits the answers nobody asked for. */
  static final Reply NOBODY =
      new Reply() {
        @Override
        public void onReply(Properties properties, byte[] body) {
          // Sent without a reply handler: that it was answered is all there is to know.
        }

        @Override
        public void onError(BlipError error) {
          if (!error.isClosed()) {
            LOG.debug("a request was refused: {}", error);
          }
        }
      };

  private Telling() {}

  static void answered(Reply reply, Properties properties, byte[] body) {
    try {
      reply.onReply(properties, body);
    } catch (RuntimeException | Error e) {
      LOG.error("a reply handler failed", e);
    }
  }

  static void run(Runnable callback) {
    try {
      callback.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a callback failed", e);
    }
  }

  static void failed(@Nullable Replies replies, BlipError error) {
    try {
      if (replies instanceof Reply reply) {
        reply.onError(error);
      } else if (replies instanceof ReplySink sink) {
        sink.failed(error);
      } else {
        NOBODY.onError(error);
      }
    } catch (RuntimeException | Error e) {
      LOG.error("a reply handler failed", e);
    }
  }
}
