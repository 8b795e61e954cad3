// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Document;
import java.util.Map;
import java.util.Objects;

/** Runs inside a node, in a bundle of its own: keeps the local document and signs it. */
public final class LiveResolver implements ConflictResolver {
  private volatile String signature = "nobody";

  void activate(Map<String, Object> properties) {
    signature = Objects.toString(properties.get("version"));
  }

  @Override
  public Document resolve(Conflict conflict) {
    Document kept =
        conflict.localDocument() == null ? conflict.remoteDocument() : conflict.localDocument();
    if (kept == null) throw new IllegalArgumentException("nothing to keep");
    return kept.toMutable().setValue("by", signature);
  }
}
