// SPDX-License-Identifier: Apache-2.0
package dev.divan.database;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears of changes of one document. */
@ConsumerType
@FunctionalInterface
public interface DocumentChangeListener {
  void changed(DocumentChange change);
}
