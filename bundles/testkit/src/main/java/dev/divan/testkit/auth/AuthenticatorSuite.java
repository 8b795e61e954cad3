// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.ListenerAuthenticator.Demand;
import dev.divan.auth.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the contract of {@link ListenerAuthenticator} says, as tests. An authenticator passes by a
 * class such as
 *
 * <pre>{@code
 * class BadgeAuthenticatorTest extends AuthenticatorSuite {
 *   @Override
 *   protected ListenerAuthenticator open() {
 *     return new BadgeAuthenticator();
 *   }
 *
 *   @Override
 *   protected Credentials right() {
 *     return user("ann", "4711");
 *   }
 *
 *   @Override
 *   protected List<Credentials> wrong() {
 *     return List.of(user("ann", "4712"), user("eve", "4711"));
 *   }
 * }
 * }</pre>
 */
@Timeout(60)
public abstract class AuthenticatorSuite {
  private static final int THREADS = 8;
  private static final int ROUNDS = 5;

  /** Too long for anybody's name; a header can carry it all the same. */
  private static final String LONG = "x".repeat(6_000);

  private static final InetSocketAddress CLIENT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

  private @Nullable ListenerAuthenticator authenticator;

  /** The authenticator under test, made once for each test. */
  protected abstract ListenerAuthenticator open() throws Exception;

  /** Credentials it admits; new ones at each call, since a password is wiped after the verdict. */
  protected abstract Credentials right() throws Exception;

  /** Credentials of its own kind that it refuses, at least one; new ones at each call. */
  protected abstract List<Credentials> wrong() throws Exception;

  /**
   * As whom it admits {@link #right}; by default not looked at more closely, but for being always
   * the same.
   */
  protected Verdict.@Nullable Admitted expected() {
    return null;
  }

  /** Ends an authenticator that {@link #open} gave. By default nothing. */
  protected void close(ListenerAuthenticator opened) throws Exception {}

  /** A user name and a password from the loopback interface. */
  protected static Credentials user(@Nullable String name, @Nullable String password) {
    return new Credentials(
        name, password == null ? null : password.toCharArray(), List.of(), CLIENT);
  }

  @BeforeEach
  void begin() throws Exception {
    authenticator = open();
  }

  @AfterEach
  void end() throws Exception {
    if (authenticator != null) close(authenticator);
  }

  private ListenerAuthenticator authenticator() {
    assertNotNull(authenticator);
    return authenticator;
  }

  /** Asks as a listener does: what is thrown is a fault, and the password is wiped afterwards. */
  private Verdict ask(Credentials credentials) {
    try {
      Verdict verdict = authenticator().authenticate(credentials);
      assertNotNull(verdict, "a verdict");
      return verdict;
    } finally {
      if (credentials.password() != null) Arrays.fill(credentials.password(), '\0');
    }
  }

  private Verdict.Admitted assertAdmitted(Credentials credentials) {
    Verdict verdict = ask(credentials);
    Verdict.Admitted admitted =
        assertInstanceOf(Verdict.Admitted.class, verdict, credentials + " got " + verdict);
    assertFalse(admitted.name().isBlank(), "an admitted principal has a name");
    Verdict.Admitted expected = expected();
    if (expected != null) assertEquals(expected, admitted);
    return admitted;
  }

  private Verdict.Refused assertRefused(Credentials credentials) {
    String what = credentials.toString();
    Verdict verdict = ask(credentials);
    Verdict.Refused refused =
        assertInstanceOf(Verdict.Refused.class, verdict, what + " got " + verdict);
    assertFalse(refused.reason().isBlank(), "a refusal has a reason for the log");
    return refused;
  }

  @Test
  public void whatItDemandsDoesNotChange() throws Exception {
    Demand demand = authenticator().demand();
    assertNotNull(demand);
    ask(right());
    for (Credentials each : wrong()) ask(each);
    assertSame(demand, authenticator().demand());
  }

  @Test
  public void theRightCredentialsAreAdmitted() throws Exception {
    assertAdmitted(right());
  }

  @Test
  public void theSameCredentialsGetTheSameVerdictAgain() throws Exception {
    Verdict first = assertAdmitted(right());
    for (int i = 0; i < ROUNDS; i++) assertEquals(first, assertAdmitted(right()));
    List<Credentials> wrong = wrong();
    for (int i = 0; i < wrong.size(); i++)
      assertEquals(assertRefused(wrong().get(i)), assertRefused(wrong().get(i)));
  }

  @Test
  public void wrongCredentialsAreRefused() throws Exception {
    assertFalse(wrong().isEmpty(), "the test brings at least one wrong login");
    for (Credentials each : wrong()) assertRefused(each);
  }

  @Test
  public void wrongCredentialsAreRefusedAlsoAfterTheRightOnesAndTheOtherWayRound()
      throws Exception {
    assertAdmitted(right());
    for (Credentials each : wrong()) assertRefused(each);
    assertAdmitted(right());
  }

  @Test
  public void whoBringsNothingIsRefused() {
    assertRefused(new Credentials(null, null, List.of(), CLIENT));
    assertRefused(new Credentials(null, null, List.of(), null));
  }

  @Test
  public void halfOfTheCredentialsAreNone() throws Exception {
    Credentials right = right();
    if (authenticator().demand() == Demand.CERTIFICATE) {
      assertRefused(user("ann", "one"));
      return;
    }
    String name = right.username();
    assertNotNull(name, "right() brings what demand() says");
    assertRefused(user(name, null));
    assertRefused(user(name, ""));
    char[] password = right.password();
    assertNotNull(password, "right() brings what demand() says");
    assertRefused(new Credentials(null, password.clone(), List.of(), CLIENT));
    assertRefused(new Credentials("", password.clone(), List.of(), CLIENT));
  }

  @Test
  public void whereTheClientComesFromNeedNotBeKnown() throws Exception {
    Credentials right = right();
    assertAdmitted(new Credentials(right.username(), right.password(), right.certificates(), null));
  }

  @Test
  public void anyTextAStrangerSendsIsOnlyRefused() {
    for (String text :
        List.of("*", "*)(uid=*", "\0", "\r\n", "../../etc/passwd", "%s%n", "\ud800", "ann:", LONG))
      for (Credentials each : List.of(user(text, text), user(text, "x"), user("x", text)))
        assertRefused(each);
  }

  @Test
  public void nothingItSaysRepeatsAPassword() throws Exception {
    List<Credentials> all = new ArrayList<>(wrong());
    all.add(right());
    for (Credentials each : all) {
      char[] password = each.password();
      if (password == null || password.length < 4) continue;
      String secret = new String(password);
      Verdict verdict = ask(each);
      assertFalse(verdict.toString().contains(secret), "the verdict repeats a password");
      assertFalse(
          authenticator().toString().contains(secret), "the authenticator prints a password");
    }
  }

  @Test
  public void itLeavesThePasswordToTheListener() throws Exception {
    Credentials right = right();
    char[] before = right.password() == null ? new char[0] : right.password().clone();
    authenticator().authenticate(right);
    char[] after = right.password() == null ? new char[0] : right.password();
    assertTrue(Arrays.equals(before, after), "the listener wipes the password, nobody else");
  }

  @Test
  public void itLeavesTheContextClassLoaderAsItWas() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader other = new URLClassLoader(new URL[0], before)) {
      thread.setContextClassLoader(other);
      ask(right());
      assertSame(other, thread.getContextClassLoader());
      for (Credentials each : wrong()) ask(each);
      assertSame(other, thread.getContextClassLoader());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  public void anInterruptedThreadLetsNobodyWrongIn() throws Exception {
    try {
      for (Credentials each : wrong()) {
        Thread.currentThread().interrupt();
        assertRefused(each);
      }
    } finally {
      Thread.interrupted();
    }
    assertAdmitted(right());
  }

  @Test
  public void manyMayAskAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier together = new CyclicBarrier(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++)
        all.add(
            threads.submit(
                (Callable<Void>)
                    () -> {
                      together.await();
                      for (int round = 0; round < ROUNDS; round++) {
                        assertAdmitted(right());
                        for (Credentials each : wrong()) assertRefused(each);
                      }
                      return null;
                    }));
      for (Future<Void> each : all) each.get();
    } finally {
      threads.shutdownNow();
    }
  }
}
