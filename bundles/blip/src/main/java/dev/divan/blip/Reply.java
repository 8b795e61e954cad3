// SPDX-License-Identifier: Apache-2.0
package dev.divan.blip;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the answer to one request, whole. Exactly one of both methods is called, once, on the lane;
 * also if the connection ends first.
 */
@ConsumerType
public non-sealed interface Reply extends Replies {

  /**
   * The answer.
   *
   * @param body at most {@link Limits#maxMessage} bytes; belongs to the callee
   */
  void onReply(Properties properties, byte[] body);

  /**
   * The peer refused, or the connection ended ({@link BlipError#isClosed}), or the request's body
   * could not be read ({@link BlipError#unexpected}).
   */
  void onError(BlipError error);
}
