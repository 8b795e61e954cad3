// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides about each request to upgrade. Called on a thread of the transport: must not block, hence
 * the future.
 */
@ConsumerType
public interface Doorkeeper {
  CompletionStage<UpgradeDecision> knock(UpgradeRequest request);
}
