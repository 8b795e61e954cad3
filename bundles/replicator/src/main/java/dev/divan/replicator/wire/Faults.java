// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.wire;

import dev.divan.blip.BlipError;
import dev.divan.database.replica.Outcome;
import dev.divan.replicator.ReplicatorException;
import dev.divan.replicator.ReplicatorException.Domain;
import dev.divan.transport.Closure;
import dev.divan.transport.DialException;

/**
 * Where the wire's codes become our errors, and our refusals become the wire's codes: the one place
 * for each way. Codes and texts are those of docs/protocol.md "Errors".
 */
public final class Faults {
  public static final String HTTP = "HTTP";
  public static final String PEER = "LiteCore";
  public static final String BLIP = "BLIP";

  private Faults() {}

  // What we answer.

  public static BlipError notFound() {
    return new BlipError(HTTP, 404, "");
  }

  public static BlipError missingCheckpointId() {
    return new BlipError(BLIP, 400, "missing checkpoint ID");
  }

  public static BlipError checkpointMismatch() {
    return new BlipError(HTTP, 409, "revision ID mismatch");
  }

  public static BlipError invalidGetCollections(String why) {
    return new BlipError(BLIP, 400, "Invalid getCollections message: " + why);
  }

  public static BlipError collectionOutOfPlace() {
    return new BlipError(HTTP, 400, "inappropriate use of the collection property.");
  }

  public static BlipError collectionOutOfRange() {
    return new BlipError(HTTP, 400, "the collection property is out of range.");
  }

  public static BlipError collectionNotShared() {
    return new BlipError(HTTP, 404, "this collection is not shared here");
  }

  public static BlipError readOnly() {
    return new BlipError(HTTP, 403, "this listener is read-only: nothing can be pushed to it");
  }

  /** A pusher tries the same revision once more, and then leaves it. */
  public static BlipError filtered() {
    return new BlipError(HTTP, 403, "this listener does not take the document");
  }

  public static BlipError noFilters() {
    return new BlipError(PEER, 19, "Filtering not supported");
  }

  public static BlipError incompatibleVersioning() {
    return new BlipError(PEER, 501, "Incompatible document versioning.");
  }

  public static BlipError alreadySubscribed() {
    return new BlipError(BLIP, 409, "already subscribed to this collection");
  }

  public static BlipError notImplemented() {
    return new BlipError(PEER, 501, "Not implemented.");
  }

  public static BlipError useProposeChanges() {
    return new BlipError(BLIP, 409, "Use 'proposeChanges' instead");
  }

  public static BlipError invalidJsonBody() {
    return new BlipError(BLIP, 400, "Invalid JSON body");
  }

  public static BlipError invalidRow() {
    return new BlipError(PEER, 26, "Invalid docID/revID in a row");
  }

  public static BlipError invalidDocumentId() {
    return new BlipError(HTTP, 400, "received invalid docID");
  }

  public static BlipError invalidVersionId() {
    return new BlipError(HTTP, 400, "received invalid version ID");
  }

  public static BlipError missingSequence() {
    return new BlipError(HTTP, 400, "received revision message with missing sequence");
  }

  public static BlipError unannounced() {
    return new BlipError(HTTP, 400, "no accepted row announced this revision");
  }

  public static BlipError invalidHistory() {
    return new BlipError(PEER, 4, "invalid revision history");
  }

  public static BlipError invalidBody(String why) {
    return new BlipError(PEER, 5, "invalid document body: " + why);
  }

  public static BlipError accessRemoved() {
    return new BlipError(HTTP, 400, "a client cannot remove access");
  }

  public static BlipError badDelta(String why) {
    return new BlipError(HTTP, 422, why);
  }

  public static BlipError conflict() {
    return new BlipError(PEER, 8, "conflict");
  }

  public static BlipError noSuchBlob() {
    return new BlipError(PEER, 7, "No such blob");
  }

  public static BlipError invalidDigest() {
    return new BlipError(PEER, 9, "missing or malformed digest");
  }

  public static BlipError corruptBlob() {
    return new BlipError(PEER, 15, "data is corrupted");
  }

  public static BlipError missingNonce() {
    return new BlipError(BLIP, 400, "Missing nonce");
  }

  public static BlipError tooBig() {
    return new BlipError(HTTP, 413, "too big");
  }

  public static BlipError busy(String what) {
    return new BlipError(HTTP, 503, what);
  }

  public static BlipError internal() {
    return new BlipError(HTTP, 500, "internal error, see the log of this peer");
  }

  public static BlipError refused(Outcome.Refused refused) {
    return switch (refused.fault()) {
      case BAD_DOCUMENT_ID -> new BlipError(PEER, 29, refused.text());
      case BAD_REVISION_ID -> invalidVersionId();
      case BAD_HISTORY -> new BlipError(PEER, 4, refused.text());
      case BLOB_MISSING -> new BlipError(PEER, 7, refused.text());
      case STORE -> busy(refused.text());
    };
  }

  // What we are told.

  public static ReplicatorException fromWire(BlipError error) {
    Domain domain =
        switch (error.domain()) {
          case HTTP -> Domain.HTTP;
          case "WebSocket" -> error.code() < 1000 ? Domain.HTTP : Domain.WEBSOCKET;
          case "Network" -> Domain.NETWORK;
          case "mbedTLS" -> Domain.TLS;
          default -> Domain.PEER;
        };
    String text = error.text().isEmpty() ? "the peer gave no reason" : error.text();
    return new ReplicatorException(
        domain,
        error.code(),
        domain == Domain.HTTP && isTransientStatus(error.code()),
        "the peer answered " + error.domain() + "/" + error.code() + ": " + text,
        null);
  }

  public static boolean isTransientStatus(int status) {
    return switch (status) {
      case 408, 429, 502, 503, 504 -> true;
      default -> false;
    };
  }

  public static ReplicatorException fromClosure(Closure closure) {
    String words = closure.reason().isEmpty() ? "no reason given" : closure.reason();
    if (closure.code() == Closure.ABNORMAL)
      return new ReplicatorException(
          Domain.NETWORK,
          ReplicatorException.NETWORK_LOST,
          true,
          "the connection was lost: " + words,
          closure.cause());
    return new ReplicatorException(
        Domain.WEBSOCKET,
        closure.code() == Closure.NORMAL ? Closure.GOING_AWAY : closure.code(),
        closure.code() == Closure.TRANSIENT,
        "the peer closed the connection with " + closure.code() + ": " + words,
        closure.cause());
  }

  public static ReplicatorException fromDial(DialException failure) {
    String message = failure.getMessage() == null ? "cannot connect" : failure.getMessage();
    return switch (failure.reason()) {
      case STATUS ->
          new ReplicatorException(
              Domain.HTTP, failure.status(), isTransientStatus(failure.status()), message, failure);
      case UNKNOWN_HOST -> network(ReplicatorException.NETWORK_UNKNOWN_HOST, message, failure);
      case REFUSED -> network(ReplicatorException.NETWORK_REFUSED, message, failure);
      case UNREACHABLE -> network(ReplicatorException.NETWORK_UNREACHABLE, message, failure);
      case TIMEOUT -> network(ReplicatorException.NETWORK_TIMEOUT, message, failure);
      case TLS -> new ReplicatorException(Domain.TLS, 6, false, message, failure);
      case PROTOCOL ->
          new ReplicatorException(
              Domain.WEBSOCKET, Closure.PROTOCOL_ERROR, false, message, failure);
    };
  }

  private static ReplicatorException network(int code, String message, DialException cause) {
    return new ReplicatorException(Domain.NETWORK, code, true, message, cause);
  }

  /** Something at our own end. */
  public static ReplicatorException local(String message, Throwable cause) {
    return new ReplicatorException(Domain.LOCAL, 500, false, message, cause);
  }

  /**
   * The close code with which an active peer leaves after an error reply that concerns the whole
   * conversation; 0 to go on.
   */
  public static int closeCode(BlipError error) {
    if (error.domain().equals(HTTP) && error.code() == 503) return Closure.TRANSIENT;
    return Closure.PERMANENT;
  }
}
