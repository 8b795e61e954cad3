// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.noun;

import dev.divan.database.Collection;
import dev.divan.database.Database;
import dev.divan.listener.URLEndpointListener;
import dev.divan.replicator.PassiveSession;
import dev.divan.replicator.Replicator;
import dev.divan.replicator.ReplicatorProgress;
import dev.divan.shell.node.Found;
import dev.divan.shell.node.Node;
import dev.divan.shell.text.Table;
import dev.divan.shell.text.Units;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What all the counters of a node say at one moment; two of them make rates. A session that has
 * ended between the two is missed with what it did last.
 */
final class Meters {
  private final long nanos;
  private final Map<Object, long[]> counts = new HashMap<>();
  private final Node node;

  Meters(Node node, long nanos) {
    this.node = node;
    this.nanos = nanos;
    for (Found<Database> each : node.all(Database.class))
      counts.put(each.service(), new long[] {sequences(each.service())});
    for (Found<URLEndpointListener> each : node.all(URLEndpointListener.class))
      for (PassiveSession session : each.service().getSessions())
        counts.put(session, read(session));
    for (Found<Replicator> each : node.all(Replicator.class))
      counts.put(each.service(), new long[] {each.service().getStatus().progress().completed()});
  }

  private static long sequences(Database database) {
    return DatabaseCommands.collections(database).stream()
        .mapToLong(Collection::getLastSequence)
        .sum();
  }

  private static long[] read(PassiveSession session) {
    return new long[] {
      session.sent(), session.received(), session.bytesSent(), session.bytesReceived()
    };
  }

  /** The rates since another reading, as tables with an empty line between. */
  String since(Meters former) {
    Duration over = Duration.ofNanos(nanos - former.nanos);
    return String.join(
        "\n\n",
        List.of(
            databases(former, over).toString(),
            listeners(former, over).toString(),
            replicators(former, over).toString()));
  }

  private Table databases(Meters former, Duration over) {
    Table table = new Table("database", "documents>", "changes>");
    for (Found<Database> each : node.all(Database.class))
      table.row(
          each.name(),
          Units.count(DatabaseCommands.documents(each.service())),
          Units.rate(grown(former, each.service(), 0), over));
    return table;
  }

  private Table listeners(Meters former, Duration over) {
    Table table =
        new Table("listener", "clients>", "busy>", "docs out>", "in>", "bytes out>", "in>");
    for (Found<URLEndpointListener> each : node.all(URLEndpointListener.class)) {
      List<PassiveSession> sessions = each.service().getSessions();
      table.row(
          each.name(),
          sessions.size(),
          sessions.stream().filter(PassiveSession::busy).count(),
          Units.rate(sum(sessions, session -> grown(former, session, 0)), over),
          Units.rate(sum(sessions, session -> grown(former, session, 1)), over),
          Units.byteRate(sum(sessions, session -> grown(former, session, 2)), over),
          Units.byteRate(sum(sessions, session -> grown(former, session, 3)), over));
    }
    return table;
  }

  private static long sum(List<PassiveSession> sessions, ToLongFunction<PassiveSession> what) {
    return sessions.stream().mapToLong(what).sum();
  }

  private Table replicators(Meters former, Duration over) {
    Table table = new Table("replicator", "activity", "docs>", "to do>");
    for (Found<Replicator> each : node.all(Replicator.class)) {
      ReplicatorProgress progress = each.service().getStatus().progress();
      table.row(
          each.name(),
          each.service().getStatus().activityLevel().name().toLowerCase(Locale.ROOT),
          Units.rate(grown(former, each.service(), 0), over),
          Units.count(progress.total() - progress.completed()));
    }
    return table;
  }

  /** What is new since the former reading has grown from nothing, but for a database. */
  private long grown(Meters former, Object who, int which) {
    long[] now = counts.get(who);
    if (now == null) return 0;
    long[] before = former.counts.get(who);
    if (before == null) return who instanceof PassiveSession ? now[which] : 0;
    return now[which] - before[which];
  }
}
