// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.trust.login;

import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountExpiredException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/**
 * Knows users by their passwords, which are the options: one value {@code role:password} each, an
 * account with the role {@code expired} has expired.
 */
public final class Porter implements LoginModule {
  record UserPrincipal(String getName) implements Principal {}

  record RolePrincipal(String getName) implements Principal {}

  private Subject subject = new Subject();
  private CallbackHandler handler = callbacks -> {};
  private Map<String, ?> users = Map.of();
  private String user = "";
  private String role = "";

  /** Makes it the JVM's only realm. */
  public static void open(String realm, Map<String, String> users) {
    AppConfigurationEntry[] entries = {
      new AppConfigurationEntry(Porter.class.getName(), LoginModuleControlFlag.REQUIRED, users)
    };
    Configuration.setConfiguration(
        new Configuration() {
          @Override
          public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return name.equals(realm) ? entries : new AppConfigurationEntry[0];
          }
        });
  }

  @Override
  public void initialize(
      Subject who, CallbackHandler how, Map<String, ?> shared, Map<String, ?> options) {
    subject = who;
    handler = how;
    users = options;
  }

  @Override
  public boolean login() throws LoginException {
    NameCallback name = new NameCallback("name");
    PasswordCallback password = new PasswordCallback("password", false);
    try {
      handler.handle(new Callback[] {name, password});
    } catch (IOException | UnsupportedCallbackException e) {
      throw (LoginException) new LoginException("cannot ask").initCause(e);
    }
    String[] known = String.valueOf(users.get(name.getName())).split(":", 2);
    if (known.length < 2 || !known[1].equals(new String(password.getPassword())))
      throw new FailedLoginException("not " + name.getName());
    if (known[0].equals("expired")) throw new AccountExpiredException(name.getName());
    user = name.getName();
    role = known[0];
    return true;
  }

  @Override
  public boolean commit() {
    subject.getPrincipals().add(new UserPrincipal(user));
    subject.getPrincipals().add(new RolePrincipal(role));
    return true;
  }

  @Override
  public boolean abort() {
    return true;
  }

  @Override
  public boolean logout() {
    subject.getPrincipals().clear();
    return true;
  }
}
