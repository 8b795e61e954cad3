// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.move;

import dev.divan.store.BlobSink;
import dev.divan.store.Blobs;
import dev.divan.store.Space;
import dev.divan.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The blobs of a movable space. One that was on its way when the space moved is taken along. */
final class MovableBlobs implements Blobs {
  private static final int PIECE = 64 << 10;

  private final MovableSpace space;

  MovableBlobs(MovableSpace space) {
    this.space = space;
  }

  @Override
  public long length(byte[] key) {
    return space.anywhere(here -> here.blobs().length(key));
  }

  @Override
  public @Nullable InputStream open(byte[] key) {
    return space.<@Nullable InputStream>anywhere(here -> here.blobs().open(key));
  }

  @Override
  public Set<BlobKey> keys() {
    return space.anywhere(here -> here.blobs().keys());
  }

  @Override
  public boolean delete(byte[] key) {
    return changing(
        () -> {
          boolean gone = space.residence().space().blobs().delete(key);
          noted(key);
          return gone;
        });
  }

  @Override
  public BlobSink create() {
    while (true) {
      Residence here = space.residence();
      if (here.expect()) {
        try {
          return new MovableSink(here, here.space().blobs().create());
        } catch (RuntimeException e) {
          here.arrived();
          throw e;
        }
      }
      if (here == space.residence()) {
        throw new StoreException("The space is closed");
      }
    }
  }

  private <T> T changing(Supplier<T> change) {
    space.changingBlobs().readLock().lock();
    try {
      return change.get();
    } finally {
      space.changingBlobs().readLock().unlock();
    }
  }

  private void noted(byte[] key) {
    Trail trail = space.trail();
    if (trail != null) {
      trail.noteBlob(key);
    }
  }

  /**
   * Brings one blob of a space to what another has.
   *
   * @param cancelled asked now and then
   */
  static void copy(Space from, Space to, byte[] key, BooleanSupplier cancelled) {
    try (InputStream in = from.blobs().open(key)) {
      if (in == null) {
        to.blobs().delete(key);
        return;
      }
      if (to.blobs().length(key) >= 0) {
        return;
      }
      try (BlobSink sink = to.blobs().create()) {
        byte[] piece = new byte[PIECE];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
          if (cancelled.getAsBoolean()) {
            throw new StoreException("broken off");
          }
          sink.write(piece, 0, n);
        }
        sink.publish(key);
      }
    } catch (IOException e) {
      throw new StoreException("a blob cannot be read: " + e, e);
    }
  }

  /** Goes to where the space was when it began; if that is over, its blob follows. */
  private final class MovableSink implements BlobSink {
    private final Residence origin;
    private final BlobSink sink;
    private boolean ended;

    MovableSink(Residence origin, BlobSink sink) {
      this.origin = origin;
      this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sink.write(bytes, offset, length);
    }

    @Override
    public void publish(byte[] key) {
      changing(
          () -> {
            sink.publish(key);
            Residence here = space.residence();
            if (here != origin) {
              copy(origin.space(), here.space(), key, () -> false);
            }
            noted(key);
            return true;
          });
    }

    @Override
    public void close() {
      try {
        sink.close();
      } finally {
        if (!ended) {
          ended = true;
          origin.arrived();
        }
      }
    }
  }
}
