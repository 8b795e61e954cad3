// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

class FelixUpdateTest extends UpdateTest {
  FelixUpdateTest() {
    super(Kind.FELIX);
  }
}
