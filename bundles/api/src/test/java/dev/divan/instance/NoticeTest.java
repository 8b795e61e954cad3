// SPDX-License-Identifier: Apache-2.0
package dev.divan.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.ServiceReference;

class NoticeTest {
  @TempDir static Path storage;

  @Test
  void tellsWhoWaitsForWhatAndNoSecretUntilItIsTakenDown() throws Exception {
    try (TestFramework framework = new TestFramework(storage)) {
      Notice notice = new Notice(framework.context());
      Settings settings =
          new Settings("f", Map.of("service.pid", "f~lan", "port", 1, ".password", "x"));
      notice.show(settings, "waits for database");
      ServiceReference<?> first = hung(framework);
      assertEquals("waits for database", first.getProperty("divan.waiting"));
      assertEquals("lan", first.getProperty("name"));
      assertEquals(1, first.getProperty("port"));
      assertNull(first.getProperty(".password"));
      notice.show(settings, "port 1 is in use");
      assertEquals(first, hung(framework), "the same service");
      assertEquals("port 1 is in use", first.getProperty("divan.waiting"));
      notice.clear();
      notice.clear();
      assertNull(hung(framework));
    }
  }

  private static ServiceReference<?> hung(TestFramework framework) throws Exception {
    var all = framework.context().getAllServiceReferences(null, "(divan.waiting=*)");
    return all == null ? null : all[0];
  }
}
