// SPDX-License-Identifier: Apache-2.0
package dev.divan.replicator;

import dev.divan.auth.Authenticator;
import dev.divan.database.Collection;
import dev.divan.tls.ServerTrust;
import dev.divan.tls.TLSIdentity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * With whom, what and how to replicate. Not thread-safe; a replicator copies it, later changes have
 * no effect.
 *
 * <pre>{@code
 * new ReplicatorConfiguration(URLEndpoint.of("wss://gateway:4984/notes"))
 *     .addCollection(notes.getDefaultCollection())
 *     .setContinuous(true)
 *     .setAuthenticator(new BasicAuthenticator("tablet", password));
 * }</pre>
 */
public final class ReplicatorConfiguration {
  private final URLEndpoint target;
  private final List<CollectionConfiguration> collections = new ArrayList<>();
  private ReplicatorType type = ReplicatorType.PUSH_AND_PULL;
  private boolean continuous;
  private @Nullable Authenticator authenticator;
  private boolean acceptOnlySelfSigned;
  private Set<String> pins = Set.of();
  private Set<X509Certificate> trusted = Set.of();
  private Map<String, String> headers = Map.of();
  private Duration heartbeat = Duration.ofSeconds(300);
  private int maxAttempts;
  private Duration maxAttemptWaitTime = Duration.ofSeconds(300);
  private @Nullable String remoteId;
  private boolean autoPurge = true;

  public ReplicatorConfiguration(URLEndpoint target) {
    this.target = Objects.requireNonNull(target);
  }

  public ReplicatorConfiguration(ReplicatorConfiguration other) {
    target = other.target;
    for (CollectionConfiguration collection : other.collections)
      collections.add(new CollectionConfiguration(collection));
    type = other.type;
    continuous = other.continuous;
    authenticator = other.authenticator;
    acceptOnlySelfSigned = other.acceptOnlySelfSigned;
    pins = other.pins;
    trusted = other.trusted;
    headers = other.headers;
    heartbeat = other.heartbeat;
    maxAttempts = other.maxAttempts;
    maxAttemptWaitTime = other.maxAttemptWaitTime;
    remoteId = other.remoteId;
    autoPurge = other.autoPurge;
  }

  public URLEndpoint getTarget() {
    return target;
  }

  /** Adds a collection with all its documents. All must be of one database. */
  public ReplicatorConfiguration addCollection(Collection collection) {
    return addCollection(new CollectionConfiguration(collection));
  }

  /**
   * @throws IllegalArgumentException if it is there already, or of another database
   */
  public ReplicatorConfiguration addCollection(CollectionConfiguration collection) {
    for (CollectionConfiguration other : collections) {
      if (other.getCollection().getDatabase() != collection.getCollection().getDatabase())
        throw new IllegalArgumentException("all collections must be of one database");
      if (other.getCollection().getFullName().equals(collection.getCollection().getFullName()))
        throw new IllegalArgumentException(
            "collection is there already: " + collection.getCollection().getFullName());
    }
    collections.add(collection);
    return this;
  }

  public List<CollectionConfiguration> getCollections() {
    return List.copyOf(collections);
  }

  public ReplicatorConfiguration setType(ReplicatorType type) {
    this.type = type;
    return this;
  }

  public ReplicatorType getType() {
    return type;
  }

  /** Whether to stay connected and pass on changes as they happen. */
  public ReplicatorConfiguration setContinuous(boolean continuous) {
    this.continuous = continuous;
    return this;
  }

  public boolean isContinuous() {
    return continuous;
  }

  public ReplicatorConfiguration setAuthenticator(@Nullable Authenticator authenticator) {
    this.authenticator = authenticator;
    return this;
  }

  public @Nullable Authenticator getAuthenticator() {
    return authenticator;
  }

  /** Trust a self-signed certificate, and nothing else. A pin beats this. */
  public ReplicatorConfiguration setAcceptOnlySelfSignedServerCertificate(boolean only) {
    acceptOnlySelfSigned = only;
    return this;
  }

  public boolean isAcceptOnlySelfSignedServerCertificate() {
    return acceptOnlySelfSigned;
  }

  /** Trust this certificate, and nothing else. */
  public ReplicatorConfiguration setPinnedServerCertificate(@Nullable X509Certificate pinned) {
    return setPinnedServerFingerprint(pinned == null ? null : TLSIdentity.fingerprint(pinned));
  }

  /** Trust the certificate with this SHA-256, 64 hexadecimal digits with or without colons. */
  public ReplicatorConfiguration setPinnedServerFingerprint(@Nullable String sha256) {
    return setPinnedServerFingerprints(sha256 == null ? Set.of() : Set.of(sha256));
  }

  /**
   * Trust the certificates with these SHA-256, and nothing else: the one the listener has, and the
   * one it will have. By the first the peer is remembered, so put the next one behind. None to
   * trust by another rule.
   */
  public ReplicatorConfiguration setPinnedServerFingerprints(Set<String> sha256) {
    pins = sha256.isEmpty() ? Set.of() : new ServerTrust.Pinned(sha256).fingerprints();
    return this;
  }

  /** Trust these authorities instead of those the JVM knows; none for those. */
  public ReplicatorConfiguration setTrustedCertificates(Set<X509Certificate> roots) {
    trusted = Set.copyOf(roots);
    return this;
  }

  /** The rule these make: pins beat only self-signed, which beats authorities. */
  public ServerTrust getServerTrust() {
    return ServerTrust.of(acceptOnlySelfSigned, pins, trusted);
  }

  /** Further request headers. */
  public ReplicatorConfiguration setHeaders(Map<String, String> headers) {
    this.headers = Map.copyOf(headers);
    return this;
  }

  public Map<String, String> getHeaders() {
    return headers;
  }

  /** Silence after which the peer is pinged; zero never. */
  public ReplicatorConfiguration setHeartbeat(Duration heartbeat) {
    this.heartbeat = heartbeat;
    return this;
  }

  public Duration getHeartbeat() {
    return heartbeat;
  }

  /**
   * Attempts to connect before giving up; 0 for 10 if one-shot, without end if continuous; 1 for no
   * second try.
   */
  public ReplicatorConfiguration setMaxAttempts(int attempts) {
    maxAttempts = attempts;
    return this;
  }

  public int getMaxAttempts() {
    return maxAttempts;
  }

  /** The longest pause between attempts; they double from 2 seconds. */
  public ReplicatorConfiguration setMaxAttemptWaitTime(Duration pause) {
    maxAttemptWaitTime = pause;
    return this;
  }

  public Duration getMaxAttemptWaitTime() {
    return maxAttemptWaitTime;
  }

  /**
   * A lasting name for the peer, so that checkpoints survive its moves; null to use its address.
   */
  public ReplicatorConfiguration setRemoteId(@Nullable String id) {
    remoteId = id;
    return this;
  }

  public @Nullable String getRemoteId() {
    return remoteId;
  }

  /** Whether documents to which the peer has withdrawn our access are purged here. */
  public ReplicatorConfiguration setAutoPurge(boolean autoPurge) {
    this.autoPurge = autoPurge;
    return this;
  }

  public boolean isAutoPurge() {
    return autoPurge;
  }
}
