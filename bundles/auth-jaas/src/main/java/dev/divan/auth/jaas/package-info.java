// SPDX-License-Identifier: Apache-2.0

/**
 * A listener authenticator for the users of a JAAS realm: whatever users the platform already has,
 * such as Karaf's.
 *
 * <p>Listeners meet it as a {@code ListenerAuthenticator} service; embedders make a {@link
 * dev.divan.auth.jaas.JaasAuthenticator} by constructor. The room keeps no user and no password,
 * and knows the JDK's API only: it imports nothing of any platform.
 */
@NullMarked
package dev.divan.auth.jaas;

import org.jspecify.annotations.NullMarked;
