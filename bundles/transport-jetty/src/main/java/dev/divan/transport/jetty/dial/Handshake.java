// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport.jetty.dial;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Says hello on a fresh socket and listens for the answer. */
final class Handshake extends AbstractConnection implements Connection.UpgradeFrom {
  private static final int BUFFER = 4096;

  private final Dial dial;
  private final Hello hello;
  private final Answer answer;
  private final ByteBuffer buffer = BufferUtil.allocate(BUFFER);
  private boolean done;

  Handshake(EndPoint endPoint, Executor executor, Dial dial, Hello hello) {
    super(endPoint, executor);
    this.dial = dial;
    this.hello = hello;
    this.answer = new Answer(dial.request().protocols(), hello.key());
  }

  @Override
  public void onOpen() {
    super.onOpen();
    getEndPoint()
        .write(Callback.from(this::fillInterested, this::failed), ByteBuffer.wrap(hello.bytes()));
  }

  @Override
  public void onFillable() {
    try {
      while (true) {
        int filled = getEndPoint().fill(buffer);
        if (filled == 0) {
          fillInterested();
          return;
        }
        if (filled < 0) {
          ended();
          return;
        }
        if (read()) {
          return;
        }
      }
    } catch (Exception e) {
      failed(e);
    }
  }

  @Override
  public void onFillInterestedFailed(Throwable cause) {
    failed(cause);
  }

  private boolean read() {
    boolean agreed;
    synchronized (this) {
      if (done) {
        return true;
      }
      if (!answer.read(buffer)) {
        return false;
      }
      done = true;
      agreed = answer.agreed();
    }
    if (agreed) {
      dial.agreed(getEndPoint(), answer.protocol());
    } else {
      dial.fail(answer.refusal());
    }
    return true;
  }

  private void ended() {
    if (!refuseWithWhatCame()) {
      failed(new EOFException("the peer closed the connection"));
    }
  }

  /** If a refusal's body does not end, its status is still worth telling. */
  synchronized boolean refuseWithWhatCame() {
    if (done || !answer.refused()) {
      return false;
    }
    done = true;
    dial.fail(answer.refusal());
    return true;
  }

  private void failed(Throwable cause) {
    dial.fail(Faults.explain(cause, dial));
  }

  @Override
  public @Nullable ByteBuffer onUpgradeFrom() {
    return buffer.hasRemaining() ? buffer : null;
  }
}
