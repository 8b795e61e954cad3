// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.divan.replicator.ReplicatorConfiguration;
import dev.divan.replicator.URLEndpoint;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerTrustTest {
  private static final String OLD = "ab".repeat(32);
  private static final String NEXT = "01".repeat(32);

  private static Set<String> pins(String... pins) {
    return new LinkedHashSet<>(Arrays.asList(pins));
  }

  @Test
  void aPinBeatsOnlySelfSignedWhichBeatsAuthorities() {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(URLEndpoint.of("wss://a:1/db"));
    assertEquals(new ServerTrust.Authorities(), configuration.getServerTrust());
    configuration.setAcceptOnlySelfSignedServerCertificate(true);
    assertEquals(new ServerTrust.OnlySelfSigned(), configuration.getServerTrust());
    configuration.setPinnedServerFingerprint(OLD);
    assertEquals(new ServerTrust.Pinned(OLD), configuration.getServerTrust());
    configuration.setPinnedServerFingerprint(null);
    assertInstanceOf(ServerTrust.OnlySelfSigned.class, configuration.getServerTrust());
  }

  @Test
  void aPinIsTheSameWithColonsAndCapitals() {
    String shown = "AB:".repeat(31) + "AB";
    assertEquals(new ServerTrust.Pinned(OLD), new ServerTrust.Pinned(shown));
    assertNotEquals(new ServerTrust.Pinned(OLD), new ServerTrust.Pinned(NEXT));
  }

  @Test
  void ofSeveralPinsTheFirstNamesThePeer() {
    assertEquals(OLD, new ServerTrust.Pinned(pins(OLD, NEXT)).sha256());
    assertEquals(NEXT, new ServerTrust.Pinned(pins(NEXT, OLD)).sha256());
    assertEquals(
        List.of(OLD, NEXT),
        List.copyOf(new ServerTrust.Pinned(pins(OLD.toUpperCase(), NEXT, OLD)).fingerprints()));
  }

  @Test
  void noPinAtAllIsNoRule() {
    assertThrows(IllegalArgumentException.class, () -> new ServerTrust.Pinned(Set.of()));
  }

  @Test
  void aCopyOfAConfigurationTrustsTheSame() {
    ReplicatorConfiguration configuration =
        new ReplicatorConfiguration(URLEndpoint.of("wss://a:1/db"))
            .setPinnedServerFingerprints(pins(OLD, NEXT));
    ReplicatorConfiguration copy = new ReplicatorConfiguration(configuration);
    configuration.setPinnedServerFingerprints(Set.of());
    assertEquals(new ServerTrust.Pinned(pins(OLD, NEXT)), copy.getServerTrust());
    assertEquals(new ServerTrust.Authorities(), configuration.getServerTrust());
  }
}
