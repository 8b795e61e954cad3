// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.divan.auth.Credentials;
import dev.divan.auth.Verdict;
import dev.divan.instance.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordAuthenticatorTest {
  private static final int FEW = 1000;

  @TempDir Path directory;

  private static Credentials basic(String user, String password) {
    return new Credentials(user, password.toCharArray(), List.of(), null);
  }

  private static Users users(String... namesAndPasswords) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < namesAndPasswords.length; i += 2) {
      lines.append(line(namesAndPasswords[i], namesAndPasswords[i + 1])).append('\n');
    }
    return Users.parse(lines.toString().lines().toList());
  }

  private static String line(String name, String password) {
    return name + ":" + PasswordHash.of(password.toCharArray(), FEW);
  }

  private static UserSource source(Map<String, String> properties) {
    return UserSettings.source(new Settings(PasswordAuthenticatorInstance.PID, properties));
  }

  private static void assertRefused(Verdict verdict) {
    assertInstanceOf(Verdict.Refused.class, verdict);
  }

  @Test
  void theRightPasswordIsAdmittedTheFirstTimeAndAgain() {
    Users users = users("ann", "one", "bob", "two");
    PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> users);
    for (int i = 0; i < 2; i++) {
      assertEquals(
          new Verdict.Admitted("ann", Set.of()), authenticator.authenticate(basic("ann", "one")));
      assertEquals(
          new Verdict.Admitted("bob", Set.of()), authenticator.authenticate(basic("bob", "two")));
    }
  }

  @Test
  void theWrongPasswordIsRefusedAlsoAfterTheRightOne() {
    Users users = users("ann", "one", "bob", "two");
    PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> users);
    authenticator.authenticate(basic("ann", "one"));
    for (String wrong : List.of("two", "", "One", "one ")) {
      assertRefused(authenticator.authenticate(basic("ann", wrong)));
    }
  }

  @Test
  void anUnknownUserIsRefusedInTheSameWordsAsAWrongPassword() {
    Users users = users("ann", "one");
    PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> users);
    assertEquals(
        authenticator.authenticate(basic("ann", "x")),
        authenticator.authenticate(basic("eve", "x")));
  }

  @Test
  void anUnknownUserCostsAsMuchAsTheDearestKnownOne() {
    Users users =
        Users.parse(
            List.of(line("ann", "one"), "bob:" + PasswordHash.of("two".toCharArray(), 5 * FEW)));
    assertEquals(5 * FEW, users.nobody().iterations());
    assertEquals(PasswordHash.ITERATIONS, Users.parse(List.of()).nobody().iterations());
  }

  @Test
  void whoBringsNothingIsRefused() {
    Users users = users("ann", "one");
    assertRefused(
        new PasswordAuthenticator(() -> users)
            .authenticate(new Credentials(null, null, List.of(), null)));
  }

  @Test
  void nonAsciiCredentialsAreReadInUtf8AndLatin1() {
    Users users = users("usér", "p:wü");
    PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> users);
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
      String header = "Basic " + Base64.getEncoder().encodeToString("usér:p:wü".getBytes(charset));
      assertEquals(
          new Verdict.Admitted("usér", Set.of()),
          authenticator.authenticate(Credentials.of(header, List.of(), null)),
          charset.name());
    }
  }

  @Test
  void aChangedPasswordCountsAtOnceAndTheOldOneNoMore() {
    Users before = users("ann", "old");
    Users after = users("ann", "new");
    PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> before);
    authenticator.authenticate(basic("ann", "old"));
    authenticator.use(() -> after);
    assertRefused(authenticator.authenticate(basic("ann", "old")));
    assertEquals(
        new Verdict.Admitted("ann", Set.of()), authenticator.authenticate(basic("ann", "new")));
  }

  @Test
  void recentLoginsAreForgottenBeyondTheirLimit() {
    Recent recent = new Recent();
    for (int i = 0; i <= Recent.CAPACITY; i++) {
      recent.add("user" + i, "x".toCharArray());
    }
    assertTrue(recent.contains("user" + Recent.CAPACITY, "x".toCharArray()));
    assertEquals(false, recent.contains("user0", "x".toCharArray()));
  }

  @Test
  void aRecentLoginIsOneOfNameAndPasswordTogether() {
    Recent recent = new Recent();
    recent.add("ab", "c".toCharArray());
    assertEquals(false, recent.contains("a", "bc".toCharArray()));
    assertEquals(false, recent.contains("ab", "d".toCharArray()));
  }

  @Test
  void theFileIsReadAgainWhenItChanges() throws Exception {
    Path file = directory.resolve("users");
    Files.writeString(file, "# staff\n\n" + line("ann", "one") + ":admin, ops\n");
    UsersFile source = new UsersFile(file);
    PasswordAuthenticator authenticator = new PasswordAuthenticator(source);
    assertEquals(
        new Verdict.Admitted("ann", Set.of("admin", "ops")),
        authenticator.authenticate(basic("ann", "one")));

    Files.writeString(file, line("bob", "two") + "\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertRefused(authenticator.authenticate(basic("ann", "one")));
    assertEquals(
        new Verdict.Admitted("bob", Set.of()), authenticator.authenticate(basic("bob", "two")));
  }

  @Test
  void aFaultyLineLeavesTheUsersOfBeforeAndAMissingFileNobody() throws Exception {
    Path file = directory.resolve("users");
    Files.writeString(file, line("ann", "one"));
    PasswordAuthenticator authenticator = new PasswordAuthenticator(new UsersFile(file));
    Files.writeString(file, "ann:one");
    assertInstanceOf(Verdict.Admitted.class, authenticator.authenticate(basic("ann", "one")));
    Files.delete(file);
    assertRefused(authenticator.authenticate(basic("ann", "one")));
    Files.writeString(file, line("ann", "two"));
    assertInstanceOf(Verdict.Admitted.class, authenticator.authenticate(basic("ann", "two")));
  }

  @Test
  void aFaultyConfigurationIsRefusedByPropertyNameAndWithoutTheSecret() throws Exception {
    Path file = directory.resolve("users");
    Files.writeString(file, "\nann:secretive");
    Map<Map<String, String>, String> faulty =
        Map.of(
            Map.of(), "username or users",
            Map.of("username", "ann", "users", "x"), "username or users",
            Map.of("username", "ann"), ".password or .passwordHash",
            Map.of("username", "ann", ".password", "secretive", ".passwordHash", "x"),
                ".password or .passwordHash",
            Map.of("username", "ann", ".passwordHash", "secretive"), ".passwordHash cannot",
            Map.of("username", "a:n", ".password", "secretive"), "no colon",
            Map.of("users", directory.resolve("none").toString()), "users " + directory,
            Map.of("users", file.toString()), "line 2: ");
    faulty.forEach(
        (properties, words) -> {
          String message =
              assertThrows(IllegalArgumentException.class, () -> source(properties)).getMessage();
          assertTrue(message.startsWith("dev.divan.listener.auth.password default: "), message);
          assertTrue(message.contains(words), message);
          assertTrue(!message.contains("secretive"), message);
        });
  }

  @Test
  void aPlainPasswordIsHashedWhenItIsRead() {
    UserSource source = source(Map.of("username", "ann", ".password", "one"));
    assertEquals(
        new Verdict.Admitted("ann", Set.of()),
        new PasswordAuthenticator(source).authenticate(basic("ann", "one")));
  }
}
