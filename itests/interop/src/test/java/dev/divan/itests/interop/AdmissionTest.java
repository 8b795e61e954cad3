// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.couchbase.lite.CBLError;
import com.couchbase.lite.CouchbaseLiteException;
import com.couchbase.lite.ReplicatorType;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ClientRequired.class)
class AdmissionTest {
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

  @Test
  void aWrongPasswordIsRefusedSoThatTheClientKnows() throws Exception {
    try (Client client = node.client().as(ServedNode.USER, "wrong")) {
      assertEquals(CBLError.Code.HTTP_AUTH_REQUIRED, refusal(client).getCode());
    }
  }

  @Test
  void noPasswordIsRefusedLikewise() throws Exception {
    try (Client client = new Client(home, node.secure()).pinning(Certificates.of(node.secure()))) {
      assertEquals(CBLError.Code.HTTP_AUTH_REQUIRED, refusal(client).getCode());
    }
  }

  @Test
  void anUnknownDatabaseIsNotFound() throws Exception {
    try (Client client = new Client(home, URI.create(node.clear() + "-not"))) {
      assertEquals(CBLError.Code.HTTP_NOT_FOUND, refusal(client).getCode());
    }
  }

  @Test
  void aCertificateThatWasNotPinnedIsTheClientsToRefuse() throws Exception {
    try (Client client = new Client(home, node.secure()).as(ServedNode.USER, ServedNode.PASSWORD)) {
      assertEquals(CBLError.Code.TLS_CERT_UNTRUSTED, refusal(client).getCode());
    }
  }

  private static CouchbaseLiteException refusal(Client client) throws InterruptedException {
    CouchbaseLiteException error =
        Client.run(client.configuration(ReplicatorType.PUSH_AND_PULL).setMaxAttempts(1)).error();
    assertNotNull(error);
    return error;
  }
}
