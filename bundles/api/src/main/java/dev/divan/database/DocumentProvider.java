// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The other side of documents: for databases, which make them from what is stored and store what
 * they hold, and for replicators, which show revisions to filters and resolvers. Applications have
 * no business here.
 */
public final class DocumentProvider {
  private DocumentProvider() {}

  /**
   * A document as stored.
   *
   * @param json a JSON object that has been examined; kept, not to be changed
   * @param source where its blobs are; null if they cannot be read
   */
  public static Document document(
      Collection collection,
      String id,
      String revID,
      long sequence,
      byte[] json,
      @Nullable BlobSource source) {
    return new Document(collection, id, revID, sequence, json, source);
  }

  /**
   * The document's JSON in UTF-8; not to be changed. All its blobs must be stored before.
   *
   * @throws InvalidDocumentException if it is nested too deep
   * @throws dev.divan.json.JsonException if it contains what JSON cannot express
   */
  public static byte[] json(Document document) {
    return document.json();
  }

  /**
   * The blobs in it that were never stored; each is to be {@link #stored} before the document is.
   */
  public static List<Blob> newBlobs(Document document) {
    List<Blob> blobs = new ArrayList<>();
    if (document instanceof MutableDocument) {
      Values.collectBlobs(document.content(), blobs);
      blobs.removeIf(Blob::isStored);
    }
    return blobs;
  }

  /** Tells a blob that it has been stored. */
  public static void stored(Blob blob, String digest, long length, BlobSource source) {
    blob.stored(digest, length, source);
  }

  /** The blob of a dictionary. */
  public static Blob blob(java.util.Map<String, ?> dictionary, BlobSource source) {
    return new Blob(dictionary, source);
  }

  /** Tells a document what it has become by being saved or deleted. */
  public static void saved(Document document, Collection collection, String revID, long sequence) {
    document.collection = collection;
    document.revID = revID;
    document.sequence = sequence;
  }
}
