// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Small opaque documents under an ID, apart from all collections and never replicated. */
@ProviderType
public interface Checkpoints {

  /** A checkpoint, or null. */
  @Nullable Checkpoint get(String id);

  /**
   * Replaces a checkpoint if its revision is the expected one.
   *
   * @param expectedRev null if there should be none yet
   * @param body any bytes, at most 1 MB
   * @return the new revision, once durable; or null if another was found, and nothing changed
   */
  CompletionStage<@Nullable String> put(String id, @Nullable String expectedRev, byte[] body);

  /** Puts whatever is there. */
  CompletionStage<Void> set(String id, byte[] body);

  /** Removes it. */
  CompletionStage<Void> remove(String id);

  /** A stored checkpoint with its revision. */
  record Checkpoint(String rev, byte[] body) {}
}
