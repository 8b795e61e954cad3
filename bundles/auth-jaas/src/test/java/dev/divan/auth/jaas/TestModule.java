// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextInputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/** Knows one user; its option {@code fault} makes it fail in some way. */
public final class TestModule implements LoginModule {
  /** As Karaf's classes are named, without being them. */
  record UserPrincipal(String getName) implements Principal {}

  record RolePrincipal(String getName) implements Principal {}

  record OtherPrincipal(String getName) implements Principal {}

  static final AtomicInteger LOGOUTS = new AtomicInteger();

  private Subject subject = new Subject();
  private CallbackHandler handler = callbacks -> {};
  private Map<String, ?> options = Map.of();
  private String user = "";

  /** A realm of this module, with options as keys and values. */
  static Configuration realm(String realm, String... options) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      map.put(options[i], options[i + 1]);
    }
    AppConfigurationEntry entry =
        new AppConfigurationEntry(TestModule.class.getName(), LoginModuleControlFlag.REQUIRED, map);
    return new Configuration() {
      @Override
      public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
        return name.equals(realm) ? new AppConfigurationEntry[] {entry} : null;
      }
    };
  }

  @Override
  public void initialize(
      Subject who, CallbackHandler how, Map<String, ?> shared, Map<String, ?> given) {
    subject = who;
    handler = how;
    options = given;
  }

  @Override
  public boolean login() throws LoginException {
    switch (String.valueOf(options.get("fault"))) {
      case "unreachable" -> throw new LoginException("the directory cannot be reached");
      case "runtime" -> throw new IllegalStateException("out of order");
      case "linkage" -> throw new NoClassDefFoundError("com/acme/Directory");
      default -> {}
    }
    NameCallback name = new NameCallback("name");
    PasswordCallback password = new PasswordCallback("password", false);
    Callback more = new TextInputCallback("a code from your token");
    try {
      handler.handle(
          "token".equals(options.get("fault"))
              ? new Callback[] {name, password, more}
              : new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      throw (LoginException) new LoginException("cannot ask").initCause(e);
    }
    if (!name.getName().equalsIgnoreCase("ann")
        || !Arrays.equals(password.getPassword(), "pässword".toCharArray())) {
      throw new FailedLoginException("not " + name.getName());
    }
    user = "ann";
    return true;
  }

  @Override
  public boolean commit() {
    subject.getPrincipals().add(new OtherPrincipal("uid=ann,ou=people"));
    if (!"true".equals(options.get("nameless"))) {
      subject.getPrincipals().add(new UserPrincipal(user));
    }
    subject.getPrincipals().add(new RolePrincipal("staff"));
    subject.getPrincipals().add(new RolePrincipal("press"));
    return true;
  }

  @Override
  public boolean abort() {
    return true;
  }

  @Override
  public boolean logout() throws LoginException {
    LOGOUTS.incrementAndGet();
    subject.getPrincipals().clear();
    if ("logout".equals(options.get("fault"))) {
      throw new LoginException("stays");
    }
    return true;
  }
}
