// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator.passive;

import dev.divan.database.Collection;
import dev.divan.json.Json;
import dev.divan.json.JsonException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of {@code getCollections}.
 *
 * @param checkpointIds one for each collection
 * @param names as {@link #name} writes them
 */
record CollectionsRequest(List<String> checkpointIds, List<String> names) {

  /** Collections a client may ask for in one conversation. */
  private static final int MOST = 1000;

  private static final String DEFAULT_SCOPE = "_default.";

  /** The message is not as it must be. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidException(String message) {
      super(message, null, false, false);
    }
  }

  /** How the wire names a collection: {@code scope.name}, without the default scope. */
  static String name(Collection collection) {
    return normal(collection.getFullName());
  }

  private static String normal(String path) {
    return path.startsWith(DEFAULT_SCOPE) ? path.substring(DEFAULT_SCOPE.length()) : path;
  }

  static CollectionsRequest parse(byte[] body) throws InvalidException {
    Object tree;
    try {
      tree = Json.parse(body);
    } catch (JsonException e) {
      throw new InvalidException("no JSON");
    }
    if (!(tree instanceof Map<?, ?> map)
        || !(map.get("checkpoint_ids") instanceof List<?> ids)
        || !(map.get("collections") instanceof List<?> paths))
      throw new InvalidException("checkpoint_ids and collections are needed");
    if (ids.isEmpty() || ids.size() != paths.size())
      throw new InvalidException("checkpoint_ids and collections must be of the same length");
    if (ids.size() > MOST) throw new InvalidException("too many collections");
    List<String> names = new ArrayList<>();
    List<String> checkpoints = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if (!(ids.get(i) instanceof String id) || !(paths.get(i) instanceof String path))
        throw new InvalidException("only strings are allowed");
      if (!seen.add(normal(path))) throw new InvalidException("a collection is named twice");
      checkpoints.add(id);
      names.add(normal(path));
    }
    return new CollectionsRequest(checkpoints, names);
  }
}
