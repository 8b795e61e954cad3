// SPDX-License-Identifier: Apache-2.0
package dev.divan.demo.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.divan.database.Collection;
import dev.divan.database.Conflict;
import dev.divan.database.Document;
import dev.divan.database.MutableDocument;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeepBothRemarksTest {
  private final Document closed = version("closed", "2026-01-01T10:00:00Z", "gateway: snow");
  private final Document open = version("open", "2026-01-01T11:00:00Z", "tablet: windsock");

  @Test
  void theLaterStatusCountsAndNoRemarkIsLost() {
    Document merged = resolve(closed, open);
    assertEquals("open", merged.getString("status"));
    assertEquals(List.of("gateway: snow", "tablet: windsock"), Remarks.of(merged));
  }

  @Test
  void theAnswerIsTheSameWhicheverSideAsks() {
    assertEquals(resolve(closed, open).toJSON(), resolve(open, closed).toJSON());
    Document same = version("closed", "2026-01-01T11:00:00Z", "gateway: ice");
    assertEquals(resolve(same, open).toJSON(), resolve(open, same).toJSON());
  }

  @Test
  void aDeletionWins() {
    assertNull(resolve(null, open));
    assertNull(resolve(closed, null));
  }

  private static @Nullable Document resolve(@Nullable Document local, @Nullable Document remote) {
    Collection unused =
        (Collection)
            Proxy.newProxyInstance(
                KeepBothRemarksTest.class.getClassLoader(),
                new Class<?>[] {Collection.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("a resolver needs no collection");
                });
    return new KeepBothRemarks().resolve(new Conflict(unused, "SEA", local, remote, "peer"));
  }

  private static Document version(String status, String edited, String remark) {
    return new MutableDocument("SEA")
        .setString("status", status)
        .setString("edited", edited)
        .setValue("remarks", List.of(remark));
  }
}
