// SPDX-License-Identifier: Apache-2.0
package dev.divan.itests.frameworks;

class EquinoxUpdateTest extends UpdateTest {
  EquinoxUpdateTest() {
    super(Kind.EQUINOX);
  }
}
