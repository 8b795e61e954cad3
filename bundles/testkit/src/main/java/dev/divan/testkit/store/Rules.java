// SPDX-License-Identifier: Apache-2.0
package dev.divan.testkit.store;

/** A group of rules over one store. */
interface Rules {
  StoreUnderTest subject();
}
