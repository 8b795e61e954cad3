// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import static dev.divan.auth.certificate.Authority.NOW;
import static dev.divan.auth.certificate.Authority.UNTIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Verdict;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class RootJudgeTest {
  private final Authority root = Authority.root("CN=Root");
  private final Authority other = Authority.root("CN=Other");

  RootJudgeTest() throws Exception {}

  private static Verdict judge(List<X509Certificate> chain, Authority... roots) {
    return judge(NOW, chain, roots);
  }

  private static Verdict judge(Instant now, List<X509Certificate> chain, Authority... roots) {
    return new RootJudge(
            List.of(roots).stream().map(Authority::certificate).toList(),
            Clock.fixed(now, ZoneOffset.UTC))
        .judge(chain, null);
  }

  private static void assertRefused(String words, Verdict verdict) {
    String reason = assertInstanceOf(Verdict.Refused.class, verdict).reason();
    assertTrue(reason.contains(words), reason);
  }

  @Test
  void aClientOfAListedRootIsAdmittedWithOrWithoutTheRootInItsChain() throws Exception {
    Authority client = root.client("CN=machine 7,OU=press,OU=line 2,O=Works");
    Verdict expected = new Verdict.Admitted("machine 7", Set.of("press", "line 2"));
    assertEquals(expected, judge(client.chain(), root));
    assertEquals(expected, judge(client.chain().subList(0, 1), root));
    assertEquals(expected, judge(client.chain(), other, root));
  }

  @Test
  void theCertificatesBetweenComeFromTheClient() throws Exception {
    Authority between = root.authority("CN=Between", UNTIL);
    Authority client = between.client("CN=machine");
    assertInstanceOf(Verdict.Admitted.class, judge(client.chain(), root));
    assertInstanceOf(Verdict.Admitted.class, judge(client.chain().subList(0, 2), root));
    assertRefused("none of the roots", judge(client.chain().subList(0, 1), root));
  }

  @Test
  void anAuthorityInTheMiddleMayBeListedAsTheRoot() throws Exception {
    Authority between = root.authority("CN=Between", UNTIL);
    Authority sibling = root.authority("CN=Sibling", UNTIL);
    assertInstanceOf(Verdict.Admitted.class, judge(between.client("CN=machine").chain(), between));
    assertRefused("none of the roots", judge(sibling.client("CN=machine").chain(), between));
  }

  @Test
  void whoLeadsToNoListedRootIsRefused() throws Exception {
    assertRefused("none of the roots", judge(other.client("CN=machine").chain(), root));
    assertRefused("none of the roots", judge(Authority.selfSigned("CN=machine").chain(), root));
  }

  @Test
  void aNameThatIsTheRootsIsNotTheRoot() throws Exception {
    Authority pretender = Authority.root("CN=Root");
    assertRefused("none of the roots", judge(pretender.client("CN=machine").chain(), root));
    assertRefused(
        "none of the roots",
        judge(List.of(pretender.client("CN=machine").certificate(), root.certificate()), root));
  }

  @Test
  void aClientIsNoAuthority() throws Exception {
    Authority client = root.client("CN=machine");
    assertRefused("none of the roots", judge(client.client("CN=friend").chain(), root));
  }

  @Test
  void aListedCertificateIsAdmittedItselfAndVouchesForNobodyElse() throws Exception {
    Authority listed = Authority.selfSigned("CN=phone");
    assertEquals(new Verdict.Admitted("phone", Set.of()), judge(listed.chain(), listed));
    assertRefused("none of the roots", judge(listed.client("CN=friend").chain(), listed));
    assertRefused("none of the roots", judge(listed.client("CN=friend").chain(), listed, root));
  }

  @Test
  void datesCountForEveryCertificateUpToTheRoot() throws Exception {
    Instant soon = NOW.plus(Duration.ofDays(1));
    Instant later = NOW.plus(Duration.ofDays(2));
    Authority client = root.clientUntil("CN=machine", soon);
    assertInstanceOf(Verdict.Admitted.class, judge(client.chain(), root));
    assertRefused("has expired", judge(later, client.chain(), root));
    assertRefused("not valid yet", judge(Instant.EPOCH, client.chain(), root));

    Authority between = root.authority("CN=Between", soon);
    assertRefused("not valid today", judge(later, between.client("CN=machine").chain(), root));

    Authority old = Authority.rootUntil("CN=Old", soon);
    assertInstanceOf(Verdict.Admitted.class, judge(old.client("CN=machine").chain(), old));
    assertRefused("has expired", judge(later, old.client("CN=machine").chain(), old));

    Authority listed = Authority.selfSigned("CN=phone");
    assertRefused("has expired", judge(UNTIL.plus(Duration.ofDays(1)), listed.chain(), listed));
  }

  @Test
  void aCertificateForServersOnlyIsNotForClients() throws Exception {
    assertRefused(
        "not for clients",
        judge(root.client("CN=machine", KeyPurposeId.id_kp_serverAuth).chain(), root));
    for (KeyPurposeId purpose :
        List.of(KeyPurposeId.id_kp_clientAuth, KeyPurposeId.anyExtendedKeyUsage)) {
      assertInstanceOf(
          Verdict.Admitted.class, judge(root.client("CN=machine", purpose).chain(), root));
    }
    Authority listed = Authority.selfSigned("CN=phone", KeyPurposeId.id_kp_serverAuth);
    assertInstanceOf(Verdict.Admitted.class, judge(listed.chain(), listed));
  }

  @Test
  void anEmptyListIsRefusedAtOnce() {
    assertThrows(IllegalArgumentException.class, () -> new RootJudge(List.of(), Clock.systemUTC()));
  }

  @Test
  void thePrincipalIsTheMostSpecificCommonNameOrElseTheSubject() throws Exception {
    assertEquals("b", Subject.name(root.client("CN=a,CN=b").certificate()));
    assertEquals("a, b+c", Subject.name(root.client("CN=a\\, b\\+c,O=x").certificate()));
    assertEquals("O=Works,C=DE", Subject.name(root.client("C=DE,O=Works").certificate()));
    assertEquals("ünï", Subject.name(root.client("CN=ünï").certificate()));
  }

  @Test
  void rolesAreTheOrganizationalUnits() throws Exception {
    assertEquals(Set.of(), Subject.roles(root.client("CN=a").certificate()));
    assertEquals(Set.of("x", "y"), Subject.roles(root.client("CN=a,OU=x,OU=y").certificate()));
    assertEquals(Set.of("x"), Subject.roles(root.client("OU=x+CN=a").certificate()));
  }
}
