// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Judges by name and password. The users may be exchanged while it runs; who has logged in lately
 * is forgotten then. Costs the same for names it knows and names it does not.
 */
public final class PasswordAuthenticator implements ListenerAuthenticator {
  /** Hashes computed at a time; each keeps a processor busy. */
  static final int CONCURRENT = 2;

  /** How long a login waits for its turn before it is refused; clients give up after 15 s. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Verdict WRONG = new Verdict.Refused("wrong user name or password");

  private final Semaphore turns = new Semaphore(CONCURRENT, true);
  private volatile UserSource source;
  private volatile Known known = new Known(null, new Recent());

  /** The users and who of them has logged in lately, exchanged together. */
  private record Known(@Nullable Users users, Recent recent) {}

  PasswordAuthenticator(UserSource source) {
    this.source = source;
  }

  /** Counts from the next login on. */
  void use(UserSource next) {
    source = next;
  }

  @Override
  public Demand demand() {
    return Demand.PASSWORD;
  }

  @Override
  public Verdict authenticate(Credentials credentials) {
    String name = credentials.username();
    char[] password = credentials.password();
    if (name == null || password == null) {
      return new Verdict.Refused("no user name and password");
    }
    Users users = source.users();
    if (users == null) {
      return new Verdict.Refused("there are no users");
    }
    Recent recent = recent(users);
    Users.User user = users.find(name);
    if (user != null && recent.contains(name, password)) {
      return new Verdict.Admitted(name, user.roles());
    }
    boolean right;
    try {
      if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return new Verdict.Refused("too many logins at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Refused("interrupted");
    }
    try {
      right = (user == null ? users.nobody() : user.hash()).verify(password);
    } finally {
      turns.release();
    }
    if (user == null || !right) {
      return WRONG;
    }
    recent.add(name, password);
    return new Verdict.Admitted(name, user.roles());
  }

  private Recent recent(Users users) {
    Known now = known;
    if (now.users() != users) {
      now = new Known(users, new Recent());
      known = now;
    }
    return now.recent();
  }
}
