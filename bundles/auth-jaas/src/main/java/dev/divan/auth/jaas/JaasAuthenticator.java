// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.security.Principal;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.login.AccountException;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.CredentialException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges by name and password, which it hands to the login modules of a realm. The realm may be
 * exchanged while it runs. What a login costs is the modules' affair; refusals are told at a fixed
 * pace, so that their time does not tell which names there are.
 */
public final class JaasAuthenticator implements ListenerAuthenticator {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");
  private static final Verdict WRONG = new Verdict.Refused("wrong user name or password");

  private final @Nullable Configuration configuration;
  private final Pace pace;
  private volatile Realm realm;

  /** The realm as the JVM's login configuration of the moment has it. */
  public JaasAuthenticator(Realm realm) {
    this(realm, null);
  }

  /**
   * @param configuration has the realm; null for that of the JVM, asked for at each login
   */
  public JaasAuthenticator(Realm realm, @Nullable Configuration configuration) {
    this(realm, configuration, new Pace());
  }

  JaasAuthenticator(Realm realm, @Nullable Configuration configuration, Pace pace) {
    this.realm = realm;
    this.configuration = configuration;
    this.pace = pace;
  }

  /** Counts from the next login on. */
  void use(Realm next) {
    realm = next;
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    String name = credentials.username();
    char[] password = credentials.password();
    // a directory takes an empty password for an anonymous login, which would succeed
    if (name == null || name.isEmpty() || password == null || password.length == 0) {
      return new Verdict.Refused("no user name and password");
    }
    long begun = pace.now();
    Verdict verdict = judge(realm, name, password);
    if (verdict instanceof Verdict.Refused) {
      pace.fillUp(begun);
    }
    return verdict;
  }

  private Verdict judge(Realm now, String name, char[] password) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // JAAS looks for login modules there; ours sees what the framework delegates to the boot path
    thread.setContextClassLoader(JaasAuthenticator.class.getClassLoader());
    try (Answers answers = new Answers(name, password)) {
      return login(now, name, answers);
    } catch (FailedLoginException | AccountException | CredentialException e) {
      return WRONG;
    } catch (LoginException e) {
      LOG.warn("realm {} cannot judge a login: {}", now.name(), e.getMessage());
      LOG.debug("realm {} cannot judge a login", now.name(), e);
      return new Verdict.Refused("the realm " + now.name() + " cannot judge");
    } catch (RuntimeException | LinkageError e) {
      // somebody else's code: its faults are refusals, and told
      LOG.error("realm {} failed", now.name(), e);
      return new Verdict.Refused("the realm " + now.name() + " failed");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Verdict login(Realm now, String name, Answers answers) throws LoginException {
    LoginContext login = new LoginContext(now.name(), new Subject(), answers, configuration);
    login.login();
    Set<Principal> principals = login.getSubject().getPrincipals();
    Verdict.Admitted admitted =
        new Verdict.Admitted(Realm.user(principals, name), now.roles(principals));
    logout(now, login);
    String required = now.requiredRole();
    return required == null || admitted.roles().contains(required)
        ? admitted
        : new Verdict.Refused("lacks the role " + required + " in the realm " + now.name());
  }

  /** The session is ours, not the modules': they may let go of what they hold for this user. */
  private static void logout(Realm now, LoginContext login) {
    try {
      login.logout();
    } catch (LoginException e) {
      LOG.debug("realm {}: after a login the logout failed", now.name(), e);
    }
  }

  @Override
  public String toString() {
    return "JaasAuthenticator[" + realm.name() + "]";
  }
}
