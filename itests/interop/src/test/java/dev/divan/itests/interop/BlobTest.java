// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.couchbase.lite.Blob;
import com.couchbase.lite.MutableDocument;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ClientRequired.class)
class BlobTest {
  @TempDir static Path home;
  private static ServedNode node;

  @BeforeAll
  static void start() throws Exception {
    node = new ServedNode(home);
  }

  @AfterAll
  static void stop() {
    if (node != null) node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, application/octet-stream",
    "100000, text/plain",
    "100000, image/jpeg",
    "20000000, application/octet-stream"
  })
  void aBlobArrivesWhole(int size, String contentType) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    String id = contentType + size;
    try (Client one = node.client();
        Client other = node.client()) {
      one.database().save(new MutableDocument(id).setBlob("it", new Blob(contentType, content)));
      one.push();
      other.pull();
      Blob arrived = other.document(id).getBlob("it");
      assertNotNull(arrived);
      assertEquals(contentType, arrived.getContentType());
      assertArrayEquals(content, arrived.getContent());
    }
  }
}
