// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.keeper;

import dev.divan.tls.IdentityAttributes;
import dev.divan.tls.IdentityException;
import dev.divan.tls.TLSIdentities;
import dev.divan.tls.TLSIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identities of one directory. One object for a directory at a time: the file is read once, and
 * written with every change before the change counts. Methods exclude each other.
 */
public class Identities implements TLSIdentities {
  /** The label of the identity listeners use that name none. */
  public static final String ANONYMOUS = "anonymous";

  /** Long, because every peer that pinned it would have to learn another. */
  static final Duration ANONYMOUS_LIFE = Duration.ofDays(20 * 365);

  /** Characters in a label. */
  static final int MAX_LABEL = 100;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.tls");

  private final KeyFile file;
  private final Clock clock;
  private @Nullable Map<String, KeptIdentity> kept;

  /**
   * @param directory made when there is something to keep
   */
  public Identities(Path directory, Clock clock) {
    this.file = new KeyFile(directory);
    this.clock = clock;
  }

  @Override
  public synchronized TLSIdentity createIdentity(String label, IdentityAttributes attributes)
      throws IdentityException {
    check(label);
    Instant now = clock.instant();
    Instant expiration = attributes.expiration();
    KeptIdentity there = kept().get(label);
    boolean thereExpired = there != null && there.getExpiration().isBefore(now);
    // a configuration that was right when the identity was made stays right when it has expired
    if (expiration != null && !expiration.isAfter(now) && !thereExpired) {
      throw new IdentityException(
          "the expiration of the identity " + label + " is in the past: " + expiration);
    }
    if (there == null) {
      KeptIdentity made = SelfSigned.make(label, attributes, now);
      keep(made);
      LOG.info("made {}, valid until {}", made, made.getExpiration());
      return made;
    }
    X500Principal wanted = SelfSigned.subject(attributes);
    X500Principal subject = there.getCerts().get(0).getSubjectX500Principal();
    if (!subject.equals(wanted)) {
      throw new IdentityException(
          "the label "
              + label
              + " is taken by an identity with the subject "
              + subject
              + ", not "
              + wanted
              + "; delete that identity or use another label");
    }
    if (thereExpired) {
      LOG.warn("{} has expired on {}; delete it to have a new one", there, there.getExpiration());
    }
    return there;
  }

  @Override
  public synchronized TLSIdentity importIdentity(String label, byte[] pkcs12, char[] password)
      throws IdentityException {
    try {
      check(label);
      KeptIdentity identity = Pkcs12.read(label, pkcs12, password);
      KeptIdentity there = kept().get(label);
      if (there != null && there.sameAs(identity)) {
        return there;
      }
      keep(identity);
      LOG.info("imported {}, valid until {}", identity, identity.getExpiration());
      return identity;
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public synchronized Optional<TLSIdentity> getIdentity(String label) throws IdentityException {
    return Optional.ofNullable(kept().get(label));
  }

  @Override
  public synchronized TLSIdentity anonymous() throws IdentityException {
    KeptIdentity there = kept().get(ANONYMOUS);
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
  public synchronized boolean deleteIdentity(String label) throws IdentityException {
    Map<String, KeptIdentity> rest = new TreeMap<>(kept());
    KeptIdentity deleted = rest.remove(label);
    if (deleted == null) {
      return false;
    }
    file.write(rest.values());
    kept = rest;
    LOG.info("deleted {}", deleted);
    return true;
  }

  @Override
  public synchronized List<String> labels() throws IdentityException {
    return List.copyOf(kept().keySet());
  }

  private void keep(KeptIdentity identity) throws IdentityException {
    Map<String, KeptIdentity> all = new TreeMap<>(kept());
    all.put(identity.getLabel(), identity);
    file.write(all.values());
    kept = all;
  }

  private Map<String, KeptIdentity> kept() throws IdentityException {
    Map<String, KeptIdentity> now = kept;
    if (now == null) {
      now = file.read();
      kept = now;
    }
    return now;
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
