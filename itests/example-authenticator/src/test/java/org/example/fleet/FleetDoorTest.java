// SPDX-License-Identifier: Apache-2.0
package org.example.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.divan.auth.BasicAuthenticator;
import dev.divan.database.local.LocalDatabase;
import dev.divan.listener.URLEndpointListenerConfiguration;
import dev.divan.listener.door.Door;
import dev.divan.listener.door.Surroundings;
import dev.divan.listener.door.Terms;
import dev.divan.replicator.PeerContext;
import dev.divan.replicator.conversation.Threads;
import dev.divan.replicator.passive.PassiveDoor;
import dev.divan.store.memory.MemoryStore;
import dev.divan.transport.Channel;
import dev.divan.transport.DialException;
import dev.divan.transport.DialRequest;
import dev.divan.transport.loopback.Loopback;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example at a real listener, without OSGi. */
class FleetDoorTest {
  private final FleetAuthenticator fleet = new FleetAuthenticator("a key of this fleet", "device");
  private final Loopback loopback = new Loopback();
  private final Threads threads = new Threads();
  private final LocalDatabase database = new LocalDatabase("trucks", new MemoryStore());
  private final Door door =
      new Door(
          new Surroundings(loopback, new PassiveDoor(threads), null, null, threads.workers()),
          Terms.of(
              new URLEndpointListenerConfiguration(Set.of(database.getDefaultCollection()))
                  .setPort(4984)
                  .setDisableTLS(true)
                  .setAuthenticator(fleet)),
          () -> {});

  @BeforeEach
  void open() throws Exception {
    door.start();
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    loopback.close();
    database.close();
    threads.close();
  }

  private Channel dial(String serialNumber, String password) throws Exception {
    return loopback
        .dial(
            new DialRequest(
                URI.create("loopback://here:4984/trucks/_blipsync"),
                List.of("BLIP_3+CBMobile_3"),
                new BasicAuthenticator(serialNumber, password.toCharArray()).headers(),
                null,
                Duration.ofSeconds(10),
                Duration.ZERO))
        .get(10, TimeUnit.SECONDS);
  }

  @Test
  void whoIsConnectedIsToldByNameAndRole() throws Exception {
    Channel channel = dial("SN-0815", fleet.password("SN-0815"));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          while (door.getSessions().isEmpty()) Thread.onSpinWait();
        });
    PeerContext peer = door.getSessions().get(0).peer();
    assertEquals("SN-0815", peer.principal());
    assertEquals(Set.of("device"), peer.roles());
    channel.abort();
  }

  @Test
  void whoIsNotOfTheFleetIsAskedForItsPassword() {
    Throwable cause =
        assertThrows(ExecutionException.class, () -> dial("SN-0815", "4711")).getCause();
    assertEquals(401, assertInstanceOf(DialException.class, cause).status());
    assertEquals(List.of(), door.getSessions());
  }
}
