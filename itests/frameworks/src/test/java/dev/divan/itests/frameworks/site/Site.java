// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks.site;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a test asks of the databases inside a framework, whose classes it does not share. */
public interface Site {
  /** Whether the document was saved; not so if the database is away or went meanwhile. */
  boolean save(String database, String id, String text);

  /** The text of a document; null if there is none, or no database. */
  @Nullable String text(String database, String id);

  /** How many documents there are; -1 if there is no database. */
  long count(String database);

  /** What each replicator says, a line each, for people. */
  List<String> replicators();
}
