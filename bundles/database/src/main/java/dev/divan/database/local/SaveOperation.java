// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.local;

import dev.divan.database.BlobMissingException;
import dev.divan.database.blob.LocalBlobs;
import dev.divan.database.commit.Operation;
import dev.divan.database.keys.CollectionKeys;
import dev.divan.database.record.Record;
import dev.divan.database.revision.RevID;
import dev.divan.database.revision.Succession;
import dev.divan.database.table.DocumentTable;
import dev.divan.database.table.Writing;
import dev.divan.json.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Saves or deletes one document on behalf of the application. */
final class SaveOperation implements Operation<Writing> {
  private final DocumentTable table;
  private final LocalBlobs blobs;
  private final String id;
  private final byte[] idBytes;
  private final @Nullable String base;
  private final boolean checked;
  private final boolean deletes;
  private final Body body;
  private final byte[] canonical;

  private boolean conflict;
  private @Nullable String revID;
  private long sequence;

  /**
   * A save.
   *
   * @param base the revision it was made from; null if from none
   * @param checked whether it loses when that is no longer the current one
   */
  SaveOperation(
      DocumentTable table,
      LocalBlobs blobs,
      String id,
      @Nullable String base,
      boolean checked,
      boolean deletes,
      Body body) {
    this.table = table;
    this.blobs = blobs;
    this.id = id;
    this.idBytes = CollectionKeys.bytes(id);
    this.base = base;
    this.checked = checked;
    this.deletes = deletes;
    this.body = body;
    this.canonical = RevID.canonical(body.json());
  }

  @Override
  public void apply(Writing writing) {
    Record current = table.get(writing.transaction(), idBytes);
    conflict = checked && conflicts(current);
    if (conflict || deletes && (current == null || current.deleted())) {
      // Lost, or nothing left to delete.
      revID = current == null ? null : current.revID().toString();
      sequence = current == null ? 0 : current.sequence();
      return;
    }
    String missing = blobs.missing(body.blobs());
    if (missing != null) {
      throw new BlobMissingException(missing);
    }
    RevID parent = current == null ? null : current.revID();
    RevID next = RevID.generate(parent, deletes, canonical);
    List<RevID> history =
        current == null ? List.of() : Succession.child(List.of(current.revID()), current.history());
    boolean mentions = !body.blobs().isEmpty();
    sequence =
        table.put(writing, id, idBytes, current, next, history, deletes, mentions, body.json());
    revID = next.toString();
  }

  private boolean conflicts(@Nullable Record current) {
    if (current == null) {
      // Purged meanwhile: there is nothing to lose.
      return false;
    }
    return base == null ? !current.deleted() : !current.revID().toString().equals(base);
  }

  @Override
  public int weight() {
    return body.json().length;
  }

  /** Whether it lost, and nothing was written. */
  boolean conflict() {
    return conflict;
  }

  /** The document's revision now. */
  @Nullable String revID() {
    return revID;
  }

  long sequence() {
    return sequence;
  }
}
