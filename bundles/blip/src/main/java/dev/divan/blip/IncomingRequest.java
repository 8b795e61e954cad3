// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import dev.divan.blip.codec.Flags;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A request of the peer. It may be answered from any thread, once: a second answer is an {@link
 * IllegalStateException}. Answers to a request that wants none, or after the connection ended, are
 * dropped.
 */
public final class IncomingRequest {
  private static final byte[] NOTHING = {};
  private static final AtomicIntegerFieldUpdater<IncomingRequest> ANSWERED =
      AtomicIntegerFieldUpdater.newUpdater(IncomingRequest.class, "answered");

  private final Connection connection;
  private final long number;
  private final int flags;
  private final Properties properties;
  private final byte[] body;
  private volatile int answered;

  IncomingRequest(
      Connection connection, long number, int flags, Properties properties, byte[] body) {
    this.connection = connection;
    this.number = number;
    this.flags = flags;
    this.properties = properties;
    this.body = body;
  }

  /** The peer's number of this request: 1, 2, 3 … */
  public long number() {
    return number;
  }

  public Properties properties() {
    return properties;
  }

  /** The body; belongs to the caller. */
  public byte[] body() {
    return body;
  }

  /** The property {@code Profile}; empty if absent. */
  public String profile() {
    String profile = properties.get("Profile");
    return profile == null ? "" : profile;
  }

  public boolean urgent() {
    return (flags & Flags.URGENT) != 0;
  }

  /** Whether the peer wants no answer. */
  public boolean noReply() {
    return (flags & Flags.NO_REPLY) != 0;
  }

  /** Whether the request came compressed, as far as its first frame tells. */
  public boolean compressed() {
    return (flags & Flags.COMPRESSED) != 0;
  }

  /** Whether an answer has been given. */
  public boolean answered() {
    return answered != 0;
  }

  /** Answers with nothing, which means done. */
  public void respond() {
    respond(Properties.EMPTY, NOTHING);
  }

  public void respond(Properties answer, byte[] bytes) {
    respond(answer, bytes, Compression.NONE);
  }

  /**
   * @param bytes must not change any more
   */
  public void respond(Properties answer, byte[] bytes, Compression compression) {
    answer(Flags.RPY, answer, bytes, compression);
  }

  /** Answers with a body that is read while it is sent. */
  public void respond(Properties answer, BodySource source, Compression compression) {
    once();
    if (noReply()) {
      source.close();
    } else {
      connection.submit(
          new Departure(
              connection, number, Flags.RPY | urgency(), answer, NOTHING, source, compression));
    }
  }

  /** Answers with an error. */
  public void fail(BlipError error) {
    answer(Flags.ERR, error.properties(), error.body(), Compression.NONE);
  }

  /** Ends a request whose handler threw; an answer given meanwhile by another thread stands. */
  void failUnlessAnswered() {
    if (ANSWERED.compareAndSet(this, 0, 1)) {
      BlipError error = BlipError.unexpected();
      deliver(Flags.ERR, error.properties(), error.body(), Compression.NONE);
    }
  }

  private void answer(int type, Properties answer, byte[] bytes, Compression compression) {
    once();
    deliver(type, answer, bytes, compression);
  }

  private void deliver(int type, Properties answer, byte[] bytes, Compression compression) {
    if (!noReply()) {
      connection.submit(
          new Departure(connection, number, type | urgency(), answer, bytes, null, compression));
    }
  }

  private int urgency() {
    return flags & Flags.URGENT;
  }

  private void once() {
    if (!ANSWERED.compareAndSet(this, 0, 1)) {
      throw new IllegalStateException("request " + number + " has been answered already");
    }
  }
}
