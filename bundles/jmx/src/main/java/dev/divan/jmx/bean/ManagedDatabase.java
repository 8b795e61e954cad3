// SPDX-License-Identifier: Apache-2.0
package dev.divan.jmx.bean;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** A database for consoles. */
public final class ManagedDatabase implements DatabaseMXBean {
  private final Database database;

  public ManagedDatabase(Database database) {
    this.database = database;
  }

  @Override
  public String getName() {
    return database.getName();
  }

  @Override
  public String getUuid() {
    return database.getUuid().toString();
  }

  @Override
  public Map<String, Long> getDocuments() {
    return each(Collection::getCount);
  }

  @Override
  public Map<String, Long> getLastSequences() {
    return each(Collection::getLastSequence);
  }

  private Map<String, Long> each(ToLongFunction<Collection> number) {
    Map<String, Long> numbers = new TreeMap<>();
    for (String full : database.getCollectionNames()) {
      int dot = full.indexOf('.');
      Collection collection =
          database.getCollection(full.substring(dot + 1), full.substring(0, dot));
      if (collection != null) numbers.put(full, number.applyAsLong(collection));
    }
    return numbers;
  }

  @Override
  public int compact() {
    return database.compact();
  }
}
