// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerCertificateAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.util.List;
import java.util.Set;

/** A judge made of a few lines of code is as good as ours. */
class JudgeInCodeTest extends AuthenticatorSuite {
  private final Authority known = Authority.selfSigned("CN=machine");
  private final Authority unknown = Authority.selfSigned("CN=machine");

  JudgeInCodeTest() throws Exception {}

  @Override
  protected ListenerAuthenticator open() {
    return new ListenerCertificateAuthenticator(
        (chain, address) ->
            chain.get(0).equals(known.certificate())
                ? new Verdict.Admitted("machine", Set.of())
                : new Verdict.Refused("unknown"));
  }

  @Override
  protected Credentials right() {
    return new Credentials(null, null, known.chain(), null);
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(new Credentials(null, null, unknown.chain(), null));
  }
}
