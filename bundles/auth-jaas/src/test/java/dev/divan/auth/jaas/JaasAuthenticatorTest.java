// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import dev.divan.testkit.auth.AuthenticatorSuite;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.login.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JaasAuthenticatorTest extends AuthenticatorSuite {
  private static final Verdict ANN = new Verdict.Admitted("ann", Set.of("staff", "press"));

  @Override
  protected ListenerAuthenticator open() {
    return at(Realm.of("works", "staff"), TestModule.realm("works"));
  }

  /** Without rests. */
  private static ListenerAuthenticator at(Realm realm, @Nullable Configuration configuration) {
    return new JaasAuthenticator(realm, configuration, new Pace(System::nanoTime, nanos -> {}));
  }

  @Override
  protected Credentials right() {
    return user("ann", "pässword");
  }

  @Override
  protected Verdict.Admitted expected() {
    return new Verdict.Admitted("ann", Set.of("staff", "press"));
  }

  @Override
  protected List<Credentials> wrong() {
    return List.of(user("ann", "passwörd"), user("ann", "pässword "), user("eve", "pässword"));
  }

  private Verdict login(Realm realm, String... options) {
    return at(realm, TestModule.realm("works", options)).authenticate(right());
  }

  private static String refused(Verdict verdict) {
    return assertInstanceOf(Verdict.Refused.class, verdict).reason();
  }

  @Test
  void whoLacksTheRequiredRoleIsRefused() {
    assertEquals(ANN, login(Realm.of("works", null)));
    assertEquals(ANN, login(Realm.of("works", "press")));
    assertEquals(
        "lacks the role admin in the realm works", refused(login(Realm.of("works", "admin"))));
    // a principal of another kind is no role, whatever its name
    refused(login(Realm.of("works", "ann")));
  }

  @Test
  void whichPrincipalsAreRolesCanBeSaid() {
    assertEquals(
        new Verdict.Admitted("ann", Set.of("uid=ann,ou=people")),
        login(new Realm("works", null, List.of("TestModule$OtherPrincipal"))));
    assertEquals(new Verdict.Admitted("ann", Set.of()), login(new Realm("works", null, List.of())));
  }

  @Test
  void theRealmsNameForTheUserGoesBeforeTheOneTyped() {
    Configuration realm = TestModule.realm("works");
    assertEquals(ANN, at(Realm.of("works", null), realm).authenticate(user("ANN", "pässword")));
    Configuration nameless = TestModule.realm("works", "nameless", "true");
    assertEquals(
        new Verdict.Admitted("ANN", Set.of("staff", "press")),
        at(Realm.of("works", null), nameless).authenticate(user("ANN", "pässword")));
  }

  @Test
  void anUnknownUserIsRefusedInTheSameWordsAsAWrongPassword() {
    ListenerAuthenticator authenticator = open();
    assertEquals(
        authenticator.authenticate(user("ann", "x")), authenticator.authenticate(user("eve", "x")));
  }

  @ParameterizedTest
  @CsvSource({
    "unreachable, the realm works cannot judge",
    "token, the realm works cannot judge",
    "runtime, the realm works",
    "linkage, the realm works"
  })
  void aModuleThatFailsAdmitsNobody(String fault, String words) {
    String reason = refused(login(Realm.of("works", null), "fault", fault));
    assertTrue(reason.startsWith(words), reason);
  }

  @Test
  void aRealmThatIsNotThereAdmitsNobody() {
    refused(login(Realm.of("elsewhere", null)));
  }

  @Test
  void afterAVerdictTheModulesMayLetGo() {
    int before = TestModule.LOGOUTS.get();
    assertEquals(ANN, login(Realm.of("works", null)));
    assertEquals(before + 1, TestModule.LOGOUTS.get());
    assertEquals(ANN, login(Realm.of("works", null), "fault", "logout"));
  }

  @Test
  void modulesAreFoundWhateverTheContextClassLoaderSees() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader blind = new URLClassLoader(new URL[0], null)) {
      thread.setContextClassLoader(blind);
      assertEquals(ANN, login(Realm.of("works", null)));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void theJvmsLoginConfigurationIsAskedAtEachLogin() {
    ListenerAuthenticator authenticator = at(Realm.of("works", null), null);
    Configuration before = null;
    try {
      before = Configuration.getConfiguration();
    } catch (SecurityException none) {
      // this JVM has no login configuration, which is usual
    }
    try {
      Configuration.setConfiguration(TestModule.realm("elsewhere"));
      refused(authenticator.authenticate(right()));
      Configuration.setConfiguration(TestModule.realm("works"));
      assertEquals(ANN, authenticator.authenticate(right()));
    } finally {
      Configuration.setConfiguration(before);
    }
  }

  @Test
  void refusalsTakeWholeStepsAndAdmissionsNoLongerThanTheyTake() {
    long step = Pace.STEP.toNanos();
    AtomicLong clock = new AtomicLong();
    AtomicLong takes = new AtomicLong(1);
    List<Long> rests = new ArrayList<>();
    Pace pace = new Pace(() -> clock.getAndAdd(takes.get()), rests::add);
    ListenerAuthenticator authenticator =
        new JaasAuthenticator(Realm.of("works", null), TestModule.realm("works"), pace);
    authenticator.authenticate(right());
    assertEquals(List.of(), rests);
    for (long time : new long[] {1, step / 2, step - 1, step + 1}) {
      takes.set(time);
      authenticator.authenticate(user("eve", "x"));
    }
    assertEquals(List.of(step - 1, step / 2, 1L, step - 1), rests);
  }

  @Test
  void anInterruptedRefusalIsOneAtOnceAndStaysInterrupted() {
    Pace pace =
        new Pace(
            System::nanoTime,
            nanos -> {
              throw new InterruptedException();
            });
    refused(
        new JaasAuthenticator(Realm.of("works", null), TestModule.realm("works"), pace)
            .authenticate(user("eve", "x")));
    assertTrue(Thread.interrupted());
  }
}
