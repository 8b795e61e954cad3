// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** The document cannot be stored as it is: its ID, a reserved key, its depth or size. */
public class InvalidDocumentException extends DivanException {
  private static final long serialVersionUID = 1L;

  public InvalidDocumentException(String message) {
    super(message);
  }
}
