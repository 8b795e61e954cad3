// SPDX-License-Identifier: Apache-2.0

/**
 * A listener authenticator that knows user names and salted hashes of passwords, from its
 * configuration or a file.
 *
 * <p>Listeners meet it as a {@code ListenerAuthenticator} service; {@link
 * dev.divan.auth.password.PasswordHash} is also a program that makes a hash. The room keeps no
 * password, prints none, and refuses to say whether it was the name or the password that was wrong.
 */
@NullMarked
package dev.divan.auth.password;

import org.jspecify.annotations.NullMarked;
