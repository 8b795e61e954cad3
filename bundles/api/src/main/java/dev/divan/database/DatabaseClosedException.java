// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

/** The database has been closed, or its store has gone away. */
public class DatabaseClosedException extends DivanException {
  private static final long serialVersionUID = 1L;

  public DatabaseClosedException(String name) {
    super("database is closed: " + name);
  }
}
