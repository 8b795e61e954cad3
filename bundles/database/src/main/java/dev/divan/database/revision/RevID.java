// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.revision;

import dev.divan.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A rev-tree ID: a generation from 1, a hyphen, and a digest as an even number of lower-case hex
 * digits. Nobody checks the digest; it only has to differ.
 */
public final class RevID implements Comparable<RevID> {

  /** Bytes of the longest digest; far more than the 20 anyone makes. */
  public static final int MAX_DIGEST = 40;

  private static final int MAX_GENERATION_DIGITS = 18;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final long generation;
  private final byte[] digest;

  /** An ID of its parts; the digest is kept, not to be changed. */
  public RevID(long generation, byte[] digest) {
    this.generation = generation;
    this.digest = digest;
  }

  /** The ID a text is, or null if it is none. */
  public static @Nullable RevID parse(String text) {
    int hyphen = text.indexOf('-');
    int digits = text.length() - hyphen - 1;
    if (hyphen < 1
        || hyphen > MAX_GENERATION_DIGITS
        || text.charAt(0) == '0'
        || digits == 0
        || (digits & 1) != 0
        || digits > 2 * MAX_DIGEST) {
      return null;
    }
    long generation = 0;
    for (int i = 0; i < hyphen; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      generation = generation * 10 + digit;
    }
    byte[] digest = new byte[digits / 2];
    for (int i = 0, at = hyphen + 1; i < digest.length; i++, at += 2) {
      int high = nibble(text.charAt(at));
      int low = nibble(text.charAt(at + 1));
      if ((high | low) < 0) {
        return null;
      }
      digest[i] = (byte) (high << 4 | low);
    }
    return new RevID(generation, digest);
  }

  private static int nibble(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  /**
   * The ID of a new revision: a function of its parent, of whether it deletes, and of its content,
   * so that the same edit made twice is the same revision.
   *
   * @param canonical the body in canonical JSON
   */
  public static RevID generate(@Nullable RevID parent, boolean deleted, byte[] canonical) {
    MessageDigest sha = sha1();
    byte[] text =
        parent == null ? new byte[0] : parent.toString().getBytes(StandardCharsets.US_ASCII);
    sha.update((byte) text.length);
    sha.update(text);
    sha.update((byte) (deleted ? 1 : 0));
    return new RevID(parent == null ? 1 : parent.generation + 1, sha.digest(canonical));
  }

  /** The canonical form of a body, as {@link #generate} wants it. */
  public static byte[] canonical(byte[] json) {
    return json.length == 2 ? json : Json.canonical(json);
  }

  /** SHA-1, which every Java platform has. */
  public static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public long generation() {
    return generation;
  }

  /** The digest; not to be changed. */
  public byte[] digest() {
    return digest;
  }

  /** By generation, then by digest as text: the order in which one of two tombstones wins. */
  @Override
  public int compareTo(RevID other) {
    int order = Long.compare(generation, other.generation);
    return order != 0 ? order : Arrays.compareUnsigned(digest, other.digest);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RevID id
        && generation == id.generation
        && Arrays.equals(digest, id.digest);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest) * 31 + Long.hashCode(generation);
  }

  @Override
  public String toString() {
    String number = Long.toString(generation);
    int at = number.length();
    byte[] text =
        Arrays.copyOf(number.getBytes(StandardCharsets.ISO_8859_1), at + 1 + 2 * digest.length);
    text[at++] = '-';
    for (byte b : digest) {
      text[at++] = HEX[b >> 4 & 15];
      text[at++] = HEX[b & 15];
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
