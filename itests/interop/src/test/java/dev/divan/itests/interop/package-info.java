// SPDX-License-Identifier: Apache-2.0

/**
 * A stock Couchbase Lite client, in this JVM, against a node in another: what phones do with us.
 * The client is asked what it sees; what the node keeps is looked at with a second client.
 */
@NullMarked
package dev.divan.itests.interop;

import org.jspecify.annotations.NullMarked;
