// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import org.jspecify.annotations.Nullable;

/** Where the users are. */
@FunctionalInterface
interface UserSource {
  /** Those of now, the same object as long as nothing has changed; null lets nobody in. */
  @Nullable Users users();
}
