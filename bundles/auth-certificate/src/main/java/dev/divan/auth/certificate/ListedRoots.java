// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.certificate;

import dev.divan.auth.CertificateJudge;
import dev.divan.auth.Verdict;
import dev.divan.instance.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots a configuration lists, read again when one of its files changes. A file that is gone
 * lets nobody in; one that cannot be read leaves the roots of before, and that is logged once.
 */
final class ListedRoots implements CertificateJudge {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  /** How a file looked; of one that is gone, without a time. */
  private record Look(Path file, @Nullable FileTime time, long size) {
    static Look at(Path file) throws IOException {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Look(file, now.lastModifiedTime(), now.size());
      } catch (NoSuchFileException e) {
        return new Look(file, null, 0);
      }
    }
  }

  private final Settings settings;
  private final String property;
  private final List<Path> files;
  private List<Look> looks = List.of();
  private @Nullable RootJudge judge;

  /**
   * @throws IllegalArgumentException naming instance and property
   */
  ListedRoots(Settings settings, String property) {
    this.settings = settings;
    this.property = property;
    this.files = Roots.files(settings, property);
    try {
      // looked at before they are read: a change in between is seen at the next login
      this.looks = look();
    } catch (IOException e) {
      throw settings.fault(property, "cannot be read: " + e, e);
    }
    this.judge = read();
  }

  @Override
  public Verdict judge(List<X509Certificate> chain, @Nullable InetSocketAddress address) {
    RootJudge now = current();
    return now == null
        ? new Verdict.Refused("a file of root certificates is gone")
        : now.judge(chain, address);
  }

  private synchronized @Nullable RootJudge current() {
    try {
      List<Look> now = look();
      if (now.equals(looks)) {
        return judge;
      }
      looks = now;
      if (now.stream().anyMatch(look -> look.time() == null)) {
        judge = null;
        LOG.error(
            "listener authenticator {}: a file of {} is gone; nobody is let in until it is back",
            settings.name(),
            property);
      } else {
        judge = read();
        LOG.info("listener authenticator {}: {}", settings.name(), judge);
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("{}; the roots of before stay", e.getMessage());
    }
    return judge;
  }

  private RootJudge read() {
    return new RootJudge(Roots.of(settings, property), Clock.systemUTC());
  }

  private List<Look> look() throws IOException {
    List<Look> now = new ArrayList<>();
    for (Path file : files) {
      now.add(Look.at(file));
    }
    return now;
  }

  @Override
  public synchronized String toString() {
    return String.valueOf(judge);
  }
}
