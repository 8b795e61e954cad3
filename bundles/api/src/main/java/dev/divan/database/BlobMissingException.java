// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** A blob's bytes are not in this database. */
public class BlobMissingException extends DivanException {
  private static final long serialVersionUID = 1L;

  public BlobMissingException(String digest) {
    super("the bytes of this blob are not here: " + digest);
  }
}
