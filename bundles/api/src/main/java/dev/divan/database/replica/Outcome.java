// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.replica;

/** What became of an incoming revision. */
public sealed interface Outcome {

  /** It is the document's current revision now, or (after a resolution) decided the conflict. */
  record Stored(long sequence) implements Outcome {}

  /** It was here already, or one that follows it. */
  record Known() implements Outcome {}

  /** It does not follow the current revision; nothing was changed. */
  record Conflicting(Revision local) implements Outcome {}

  /** It cannot be stored. */
  record Refused(Fault fault, String text) implements Outcome {}

  /** Why a revision cannot be stored. */
  enum Fault {
    BAD_DOCUMENT_ID,
    BAD_REVISION_ID,
    BAD_HISTORY,
    BLOB_MISSING,
    STORE
  }
}
