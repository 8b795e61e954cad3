// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import dev.divan.database.Conflict;
import dev.divan.database.ConflictResolver;
import dev.divan.database.Document;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * What the application knows and the default rule cannot: the later edit counts, but nobody's
 * remark is lost. Gives the same answer whichever side asks. A replicator finds it by its name.
 */
@Component(property = "name=keep-both-remarks")
public final class KeepBothRemarks implements ConflictResolver {
  @Override
  public @Nullable Document resolve(Conflict conflict) {
    Document local = conflict.localDocument();
    Document remote = conflict.remoteDocument();
    if (local == null || remote == null) return null;
    Document later =
        Stream.of(local, remote)
            .max(Comparator.comparing(KeepBothRemarks::edited).thenComparing(Document::toJSON))
            .get();
    TreeSet<String> remarks = new TreeSet<>(Remarks.of(local));
    remarks.addAll(Remarks.of(remote));
    return later.toMutable().setValue(Remarks.REMARKS, List.copyOf(remarks));
  }

  private static String edited(Document document) {
    String edited = document.getString(Remarks.EDITED);
    return edited == null ? "" : edited;
  }
}
