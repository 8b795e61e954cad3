// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.Credentials;
import dev.divan.auth.ListenerAuthenticator;
import dev.divan.auth.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

  /** One user, in code. */
  public static PasswordAuthenticator of(String username, PasswordHash hash, Set<String> roles) {
    Users users = new Users(List.of(new Users.User(username, hash, roles)));
    return new PasswordAuthenticator(() -> users);
  }

  /**
   * The users of a file, read again when it changes.
   *
   * @throws IllegalArgumentException if it cannot be read now
   */
  public static PasswordAuthenticator of(Path file) {
    return new PasswordAuthenticator(new UsersFile(file));
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
    // looked up for everybody, so that its cost tells nothing
    boolean lately = recent.contains(name, password);
    if (user != null && lately) {
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
      PasswordHash nobody = users.nobody();
      right = (user == null ? nobody : user.hash()).verify(password, nobody.iterations());
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

  /** Tells nothing secret. */
  @Override
  public String toString() {
    return "PasswordAuthenticator";
  }
}
