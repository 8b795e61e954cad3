// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import java.util.Arrays;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;

/** Tells login modules the name and the password, and nothing else they may ask. */
final class Answers implements CallbackHandler, AutoCloseable {
  private final String name;
  private final char[] password;

  /**
   * @param password copied
   */
  Answers(String name, char[] password) {
    this.name = name;
    this.password = password.clone();
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    for (Callback each : callbacks) {
      if (each instanceof NameCallback question) {
        question.setName(name);
      } else if (each instanceof PasswordCallback question) {
        question.setPassword(password);
      } else {
        throw new UnsupportedCallbackException(each, "only name and password are known");
      }
    }
  }

  @Override
  public void close() {
    Arrays.fill(password, '\0');
  }
}
