// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who has logged in lately, so that a phone that reconnects does not cost half a second of
 * processor. Keeps a keyed hash of name and password, under a random key that never leaves this
 * object; belongs to one {@link Users} and is thrown away with it. May be used by all threads.
 */
final class Recent {
  /** Users remembered, the latest; some 200 bytes each. */
  static final int CAPACITY = 100;

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final Map<String, byte[]> seen =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
          return size() > CAPACITY;
        }
      };

  Recent() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  boolean contains(String name, char[] password) {
    byte[] mac = mac(name, password);
    byte[] known;
    synchronized (seen) {
      known = seen.get(name);
    }
    return known != null && MessageDigest.isEqual(known, mac);
  }

  void add(String name, char[] password) {
    byte[] mac = mac(name, password);
    synchronized (seen) {
      seen.put(name, mac);
    }
  }

  private byte[] mac(String name, char[] password) {
    ByteBuffer secret = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      // the length in front keeps "ab" + "c" and "a" + "bc" apart
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
      mac.update(bytes);
      mac.update(secret.duplicate());
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    } finally {
      Arrays.fill(secret.array(), (byte) 0);
    }
  }
}
