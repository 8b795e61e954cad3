// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password's salted hash, PBKDF2 with HMAC-SHA-256; as text {@code
 * pbkdf2-sha256$iterations$salt$hash}, salt and hash in Base64. Immutable.
 */
public final class PasswordHash {
  /** What OWASP asks of PBKDF2-HMAC-SHA256; 0.2 to 0.5 s on a small board. */
  public static final int ITERATIONS = 600_000;

  /** Fewer protect nobody. */
  static final int MIN_ITERATIONS = 1_000;

  /** More would let one line of a file block a processor for minutes. */
  static final int MAX_ITERATIONS = 10_000_000;

  private static final String ALGORITHM = "pbkdf2-sha256";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes with a random salt. The password is not wiped. */
  public static PasswordHash of(char[] password) {
    return of(password, ITERATIONS);
  }

  static PasswordHash of(char[] password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, iterations, salt, HASH_BYTES));
  }

  /** A hash of a password nobody has, for users nobody knows. */
  static PasswordHash ofNobody(int iterations) {
    byte[] random = new byte[SALT_BYTES + HASH_BYTES];
    RANDOM.nextBytes(random);
    return new PasswordHash(
        iterations,
        Arrays.copyOf(random, SALT_BYTES),
        Arrays.copyOfRange(random, SALT_BYTES, random.length));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException in words that do not repeat the text
   */
  public static PasswordHash parse(String text) {
    String[] parts = text.strip().split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(ALGORITHM)) {
      throw new IllegalArgumentException(
          "a password hash looks like " + ALGORITHM + "$iterations$salt$hash");
    }
    try {
      int iterations = Integer.parseInt(parts[1]);
      byte[] salt = Base64.getDecoder().decode(parts[2]);
      byte[] hash = Base64.getDecoder().decode(parts[3]);
      if (iterations < MIN_ITERATIONS || iterations > MAX_ITERATIONS) {
        throw new IllegalArgumentException(
            "a password hash has "
                + MIN_ITERATIONS
                + " to "
                + MAX_ITERATIONS
                + " iterations, not "
                + iterations);
      }
      if (salt.length < 8 || salt.length > 64 || hash.length < 16 || hash.length > 64) {
        throw new IllegalArgumentException(
            "a password hash has a salt of 8 to 64 bytes and a hash of 16 to 64");
      }
      return new PasswordHash(iterations, salt, hash);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("the iterations of a password hash are not a number", e);
    }
  }

  /** Whether this is the password; takes the same time either way. The password is not wiped. */
  public boolean verify(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, iterations, salt, hash.length));
  }

  /**
   * As {@link #verify}, at the price of so many iterations if its own are fewer: a dear hash among
   * cheap ones must not tell whose name is known.
   */
  boolean verify(char[] password, int price) {
    boolean right = verify(password);
    if (price > iterations) {
      derive(password, price - iterations, salt, hash.length);
    }
    return right;
  }

  int iterations() {
    return iterations;
  }

  /** The text form. */
  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        "$",
        ALGORITHM,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  private static byte[] derive(char[] password, int iterations, byte[] salt, int length) {
    PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, length * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  /**
   * Asks for a password, on the terminal or as a line of the standard input, and prints its hash
   * for {@code .passwordHash} or a users file.
   */
  public static void main(String[] arguments) throws IOException {
    Console console = System.console();
    char[] password;
    if (console != null) {
      password = console.readPassword("Password: ");
    } else {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line = in.readLine();
      password = line == null ? null : line.toCharArray();
    }
    if (password == null || password.length == 0) {
      System.err.println("no password given");
      System.exit(1);
      return;
    }
    System.out.println(of(password));
    Arrays.fill(password, '\0');
  }
}
