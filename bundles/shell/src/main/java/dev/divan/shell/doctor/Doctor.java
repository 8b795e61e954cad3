// SPDX-License-Identifier: Apache-2.0
package dev.divan.shell.doctor;

import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one step after the other, and ends where one is so bad that the next would tell nothing
 * new. For one examination at a time.
 */
public final class Doctor {
  private final World world;

  public Doctor(World world) {
    this.world = world;
  }

  /**
   * Examines.
   *
   * @param told each finding at once, since some take seconds
   * @return whether nothing is bad
   */
  public boolean examine(Patient patient, Consumer<Finding> told) {
    boolean[] well = {true};
    Consumer<Finding> each =
        finding -> {
          well[0] &= finding.mark() != Finding.Mark.BAD;
          told.accept(finding);
        };
    InetSocketAddress address = new WayThere(world, patient).check(each);
    if (address == null) return well[0];
    Handshake handshake = new Handshake(world, patient, address);
    if (!handshake.check(each)) return well[0];
    Entry entry = new Entry(world, patient);
    try (World.Line line = entry.check(handshake, each)) {
      if (line != null) new Inside(patient).check(line, each);
    }
    return well[0];
  }

  /** The words of a failure, where it has any. */
  static String said(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }

  /** The innermost cause with words of its own: that of the trust rule, below TLS's. */
  static String innermost(Throwable e) {
    String said = said(e);
    for (@Nullable Throwable at = e.getCause(); at != null; at = at.getCause())
      if (at instanceof CertificateException && at.getMessage() != null) return at.getMessage();
    return said;
  }

  /** What is said when time ran out; else the words of the failure. */
  static String silentOr(Exception e, String silence) {
    return e instanceof SocketTimeoutException ? silence : said(e);
  }
}
