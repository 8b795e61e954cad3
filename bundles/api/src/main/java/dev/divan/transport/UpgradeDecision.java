// SPDX-License-Identifier: Apache-2.0
package dev.divan.transport;

import java.util.Map;
import java.util.function.Consumer;

/** The answer to a request to upgrade. */
public sealed interface UpgradeDecision {

  /**
   * Come in.
   *
   * @param protocol one of those offered
   * @param opened gets the channel when it is up; on a thread of the transport. Not called if the
   *     client left meanwhile
   */
  record Accept(String protocol, Consumer<Channel> opened) implements UpgradeDecision {}

  /**
   * Stay out.
   *
   * @param status an HTTP status from 400 on
   * @param text one sentence for whoever reads the client's log
   */
  record Refuse(int status, Map<String, String> headers, String text) implements UpgradeDecision {}
}
