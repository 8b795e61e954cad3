// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CertificateAuthenticatorTest extends AuthenticatorSuite {
  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

  private final Authority root = Authority.root("CN=Root");
  private final Authority client = root.client("CN=machine,OU=press");
  private final Authority stranger = Authority.root("CN=Root").client("CN=machine,OU=press");

  CertificateAuthenticatorTest() throws Exception {}

  private static Credentials bearing(Authority who) {
    return new Credentials(null, null, who.chain(), CLIENT);
  }

  @Override
  protected ListenerAuthenticator open() {
    Clock clock = Clock.fixed(Authority.NOW, ZoneOffset.UTC);
    return new CertificateAuthenticator(new RootJudge(List.of(root.certificate()), clock));
  }

  @Override
  protected Credentials right() {
    return bearing(client);
  }

  @Override
  protected Verdict.Admitted expected() {
    return new Verdict.Admitted("machine", Set.of("press"));
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(
        bearing(stranger),
        new Credentials(null, null, List.of(stranger.certificate(), root.certificate()), CLIENT));
  }

  @Test
  void theJudgeGetsTheWholeChainAndTheAddressAndDecidesAlone() throws Exception {
    Authority between = root.authority("CN=Between", Authority.UNTIL);
    Authority expired = between.clientUntil("CN=old", Authority.FROM.plusSeconds(1));
    Verdict.Admitted said = new Verdict.Admitted("whoever", Set.of("any"));
    CertificateJudge judge =
        (chain, address) -> {
          assertEquals(expired.chain(), chain);
          assertSame(CLIENT, address);
          return said;
        };
    assertEquals(3, expired.chain().size());
    assertSame(said, new CertificateAuthenticator(judge).authenticate(bearing(expired)));
  }

  @Test
  void aJudgeThatFailsAdmitsNobody() {
    CertificateJudge judge =
        (chain, address) -> {
          throw new IllegalStateException("out of order");
        };
    assertInstanceOf(
        Verdict.Refused.class, new CertificateAuthenticator(judge).authenticate(right()));
  }

  @Test
  void withoutAJudgeNobodyIsAdmitted() {
    assertInstanceOf(Verdict.Refused.class, new CertificateAuthenticator().authenticate(right()));
  }
}
