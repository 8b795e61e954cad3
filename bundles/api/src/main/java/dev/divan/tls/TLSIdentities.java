// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls;

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
   *     identity with another subject
   */
  TLSIdentity createIdentity(String label, IdentityAttributes attributes) throws IdentityException;

  /**
   * Reads an identity from PKCS#12 and keeps it under the label, in place of an earlier one.
   *
   * @param password wiped by the callee
   */
  TLSIdentity importIdentity(String label, byte[] pkcs12, char[] password) throws IdentityException;

  /** The identity of that label. */
  Optional<TLSIdentity> getIdentity(String label) throws IdentityException;

  /**
   * The identity for listeners that name none: self-signed, made on first use and kept for good.
   */
  TLSIdentity anonymous() throws IdentityException;

  /** Deletes key and certificate; false if there is no such identity. */
  boolean deleteIdentity(String label) throws IdentityException;

  /** The labels of all identities kept. */
  List<String> labels() throws IdentityException;
}
