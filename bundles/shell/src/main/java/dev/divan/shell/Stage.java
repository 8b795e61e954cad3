// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell;

/** Where the commands are, for who types them. */
public interface Stage extends AutoCloseable {

  /** Takes all of them away. */
  @Override
  void close();
}
