// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to send. Made by one thread, then given to {@link Connection#send} once, after which it
 * must not be touched. Without {@link #reply} the answer is awaited but nobody told, except for an
 * error, which is logged.
 */
public final class Outgoing {
  private static final byte[] NOTHING = {};

  final Properties properties;
  byte[] body = NOTHING;
  @Nullable BodySource source;
  boolean urgent;
  boolean noReply;
  Compression compression = Compression.NONE;
  @Nullable Replies replies;
  @Nullable Runnable sent;

  /**
   * @param properties with the peer's handler named under {@code Profile}
   */
  public Outgoing(Properties properties) {
    this.properties = Objects.requireNonNull(properties);
  }

  /** A request with these properties: {@code Profile} and the given ones, alternating. */
  public static Outgoing profile(String profile, String... keysAndValues) {
    Properties.Builder builder = Properties.builder().put("Profile", profile);
    for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
      builder.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Outgoing(builder.build());
  }

  /** The body; the array must not change any more. */
  public Outgoing body(byte[] bytes) {
    this.body = Objects.requireNonNull(bytes);
    return this;
  }

  /** A body read while it is sent. */
  public Outgoing body(BodySource bytes) {
    this.source = Objects.requireNonNull(bytes);
    return this;
  }

  /** Lets the message get ahead of others, and its answer too. */
  public Outgoing urgent() {
    this.urgent = true;
    return this;
  }

  /** Asks the peer not to answer. */
  public Outgoing noReply() {
    this.noReply = true;
    return this;
  }

  /** {@link Compression#NONE} unless said otherwise; the tiny is never compressed. */
  public Outgoing compress(Compression how) {
    this.compression = Objects.requireNonNull(how);
    return this;
  }

  /** Who gets the answer. Not for a request without one. */
  public Outgoing reply(Replies to) {
    this.replies = Objects.requireNonNull(to);
    return this;
  }

  /** Run on the lane when the last frame has been handed to the channel. Not run if that fails. */
  public Outgoing sent(Runnable callback) {
    this.sent = Objects.requireNonNull(callback);
    return this;
  }
}
