// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
import dev.divan.tls.IdentityInUseException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import dev.divan.tls.material.KeyMaterial;
import dev.divan.tls.material.PemPair;
import dev.divan.tls.material.Pkcs12;
import dev.divan.tls.material.StoredKey;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities of one directory. One object for a directory at a time. Methods exclude each
 * other.
 */
public class Identities implements TLSIdentities {
  /** The label of the identity listeners use that name none. */
  public static final String ANONYMOUS = "anonymous";

  /** Long, because every peer that pinned it would have to learn another. */
  static final Duration ANONYMOUS_LIFE = Duration.ofDays(20 * 365);

  /** Characters in a label. */
  static final int MAX_LABEL = 100;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.tls");

  /** Who uses an identity. */
  @FunctionalInterface
  public interface Usage {
    /** Each in the words of an operator, such as {@code listener lan}; empty for nobody. */
    List<String> of(TLSIdentity identity);
  }

  private final Shelf shelf;
  private final Clock clock;
  private final Usage usage;

  /**
   * @param directory made when there is something to keep
   */
  public Identities(Path directory, Clock clock) {
    this(directory, clock, identity -> List.of());
  }

  /**
   * @param directory made when there is something to keep
   * @param usage whom to ask before an identity is deleted
   */
  public Identities(Path directory, Clock clock, Usage usage) {
    this.shelf = new Shelf(directory);
    this.clock = clock;
    this.usage = usage;
  }

  @Override
  public synchronized TLSIdentity createIdentity(String label, IdentityAttributes attributes)
      throws IdentityException {
    check(label);
    Instant now = clock.instant();
    Instant expiration = attributes.expiration();
    KeptIdentity there = shelf.get(label);
    boolean thereExpired = there != null && there.getExpiration().isBefore(now);
    // a configuration that was right when the identity was made stays right when it has expired
    if (expiration != null && !expiration.isAfter(now) && !thereExpired) {
      throw new IdentityException(
          "the expiration of the identity " + label + " is in the past: " + expiration);
    }
    if (there == null) {
      KeptIdentity made = SelfSigned.make(label, attributes, now);
      shelf.put(made);
      LOG.info("made {}, valid until {}", made, made.getExpiration());
      return made;
    }
    List<String> differences = Differences.between(there.getCerts().get(0), attributes);
    if (!differences.isEmpty()) {
      throw new IdentityException(
          "the label "
              + label
              + " is taken by an identity with "
              + String.join(", and ", differences)
              + "; to have a new one use another label, or delete this one first; peers that pinned"
              + " it must learn the new one");
    }
    return there;
  }

  @Override
  public TLSIdentity importIdentity(String label, byte[] pkcs12, char[] password)
      throws IdentityException {
    try {
      return taken(label, Pkcs12.read(label, pkcs12, password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public TLSIdentity importPem(String label, byte[] certificates, byte[] key, char[] password)
      throws IdentityException {
    try {
      return taken(label, PemPair.read(label, certificates, key, password));
    } finally {
      Arrays.fill(key, (byte) 0);
      Arrays.fill(password, '\0');
    }
  }

  private synchronized TLSIdentity taken(String label, KeyMaterial material)
      throws IdentityException {
    check(label);
    KeptIdentity identity = new KeptIdentity(label, material);
    KeptIdentity there = shelf.get(label);
    if (there != null && there.sameAs(identity)) {
      return there;
    }
    shelf.put(identity);
    LOG.info("imported {}, valid until {}", identity, identity.getExpiration());
    return identity;
  }

  @Override
  public TLSIdentity fromKeyStore(String label, KeyStore keys, String alias, char[] password)
      throws IdentityException {
    try {
      check(label);
      return new KeptIdentity(label, StoredKey.read(label, keys, alias, password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public synchronized Optional<TLSIdentity> getIdentity(String label) throws IdentityException {
    return Optional.ofNullable(shelf.get(label));
  }

  @Override
  public synchronized TLSIdentity anonymous() throws IdentityException {
    KeptIdentity there = shelf.get(ANONYMOUS);
    if (there != null) {
      return there;
    }
    Instant now = clock.instant();
    Instant end =
        (now.isBefore(SelfSigned.EARLIEST_NOW) ? SelfSigned.EARLIEST_NOW : now)
            .plus(ANONYMOUS_LIFE);
    return createIdentity(
        ANONYMOUS, new IdentityAttributes("Divan " + ANONYMOUS, null, null, null, List.of(), end));
  }

  @Override
  public boolean deleteIdentity(String label) throws IdentityException {
    return deleteIdentity(label, false);
  }

  @Override
  public boolean deleteIdentity(String label, boolean force) throws IdentityException {
    TLSIdentity doomed = getIdentity(label).orElse(null);
    // not under the lock, since whoever is asked may come back with a question of his own
    List<String> users = doomed == null ? List.of() : usage.of(doomed);
    if (!users.isEmpty() && !force) {
      throw new IdentityInUseException(label, users);
    }
    boolean deleted = forget(label);
    if (deleted && users.isEmpty()) {
      LOG.info("deleted {}", doomed);
    } else if (deleted) {
      LOG.warn("deleted {}, though it is in use by {}", doomed, String.join(", ", users));
    }
    return deleted;
  }

  private synchronized boolean forget(String label) throws IdentityException {
    return shelf.remove(label);
  }

  @Override
  public synchronized List<String> labels() throws IdentityException {
    return shelf.labels();
  }

  private static void check(String label) throws IdentityException {
    if (label.isBlank()
        || label.length() > MAX_LABEL
        || label.chars().anyMatch(Character::isISOControl)) {
      throw new IdentityException(
          "a label has 1 to " + MAX_LABEL + " printable characters: \"" + label + "\"");
    }
  }
}
