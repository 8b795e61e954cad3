// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, keeps and forgets identities. A service; may be called from any thread; touches the disk.
 */
@ProviderType
public interface TLSIdentities {

  /**
   * The self-signed identity of that label, made if there is none yet. The same label again gives
   * the same identity.
   *
   * @throws IdentityException if the expiration is in the past, or the label is taken by an
   *     identity with other attributes; an expiration left open is none
   */
  TLSIdentity createIdentity(String label, IdentityAttributes attributes) throws IdentityException;

  /**
   * Reads an identity from PKCS#12 and keeps it under the label, in place of an earlier one.
   *
   * @param password wiped by the callee
   */
  TLSIdentity importIdentity(String label, byte[] pkcs12, char[] password) throws IdentityException;

  /**
   * Reads an identity from PEM and keeps it under the label, in place of an earlier one.
   *
   * @param certificates the certificate of the key, and those that vouch for it, in any order
   * @param key EC or RSA; PKCS#8, encrypted or not, SEC1 or PKCS#1; wiped by the callee
   * @param password of an encrypted key, else empty; wiped by the callee
   */
  default TLSIdentity importPem(String label, byte[] certificates, byte[] key, char[] password)
      throws IdentityException {
    throw new UnsupportedOperationException("no PEM here");
  }

  /**
   * An identity whose key stays in somebody else's key store; it is not kept here.
   *
   * @param password of the key; wiped by the callee
   */
  default TLSIdentity fromKeyStore(String label, KeyStore keys, String alias, char[] password)
      throws IdentityException {
    throw new UnsupportedOperationException("no key stores here");
  }

  /** The identity of that label. */
  Optional<TLSIdentity> getIdentity(String label) throws IdentityException;

  /**
   * The identity for listeners that name none: self-signed, made on first use and kept for good.
   */
  TLSIdentity anonymous() throws IdentityException;

  /**
   * Deletes key and certificate; false if there is no such identity.
   *
   * @throws IdentityInUseException if a listener shows it, or a configuration holds it
   */
  boolean deleteIdentity(String label) throws IdentityException;

  /**
   * Deletes key and certificate; false if there is no such identity.
   *
   * @param force also if it is in use: who uses it goes on with what it has until it starts again
   * @throws IdentityInUseException if a listener shows it, or a configuration holds it, and it is
   *     not forced
   */
  default boolean deleteIdentity(String label, boolean force) throws IdentityException {
    return deleteIdentity(label);
  }

  /** The labels of all identities kept. */
  List<String> labels() throws IdentityException;
}
