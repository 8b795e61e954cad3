// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import org.jspecify.annotations.Nullable;

/** Not JSON, or not within the limits of what is read here; or a value that JSON cannot express. */
public class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final long offset;

  public JsonException(String reason, long offset) {
    this(reason, offset, null);
  }

  JsonException(String reason, long offset, @Nullable Throwable cause) {
    super(offset < 0 ? reason : reason + ", at byte " + offset, cause);
    this.reason = reason;
    this.offset = offset;
  }

  /** What is wrong, without where: constant for each kind of fault, with nothing of the content. */
  public String reason() {
    return reason;
  }

  /** Where, in bytes from the start; -1 if it cannot be said. */
  public long offset() {
    return offset;
  }
}
