// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

class FelixOrderTest extends OrderTest {
  FelixOrderTest() {
    super(Kind.FELIX);
  }
}
