// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

class EquinoxOrderTest extends OrderTest {
  EquinoxOrderTest() {
    super(Kind.EQUINOX);
  }
}
