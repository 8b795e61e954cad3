// SPDX-License-Identifier: Apache-2.0

/**
 * What runs inside the frameworks: activators of small bundles that the tests pack on the fly. A
 * class here sees what its bundle imports, not the class path of the test.
 */
@NullMarked
package dev.divan.itests.frameworks.inside;

import org.jspecify.annotations.NullMarked;
