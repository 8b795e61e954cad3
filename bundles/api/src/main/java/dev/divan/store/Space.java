// SPDX-License-Identifier: Apache-2.0
package dev.divan.store;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An ordered map from keys to values, and a room for blobs. Keys are 1 to 1,024 bytes, compared as
 * unsigned bytes; values 0 bytes to 64 MB.
 *
 * <p>All methods may be called from any thread; one write runs at a time, reads run beside it.
 */
@ConsumerType
public interface Space extends AutoCloseable {

  /**
   * Runs work on a consistent snapshot: it sees all that was committed before, and nothing later.
   * The snapshot and its cursors end when the work returns. A snapshot should be short: a store may
   * keep old data as long as one is open.
   */
  <T extends @Nullable Object> T read(Function<? super Snapshot, T> work);

  /**
   * Runs work as one atomic write and commits it. When this returns, the commit is durable, unless
   * the store has been configured otherwise. If the work throws, nothing is written and the
   * exception passes through. The store may run the work more than once, each time on a fresh
   * transaction: work has no effect outside the transaction.
   */
  <T extends @Nullable Object> T write(Function<? super Transaction, T> work);

  /** The blobs of this space; they come and go with it. */
  Blobs blobs();

  /**
   * Waits for running work, then closes. Anything after that throws {@link StoreException}. Closing
   * twice is harmless.
   */
  @Override
  void close();
}
