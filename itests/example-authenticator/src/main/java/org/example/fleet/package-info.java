// SPDX-License-Identifier: Apache-2.0

/**
 * An authenticator as somebody else writes it: one class, one suite, and nothing of Divan but its
 * promises. {@code docs/extending.md} walks through it.
 */
package org.example.fleet;
