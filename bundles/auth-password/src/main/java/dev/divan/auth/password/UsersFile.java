// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users from a file, read again when its time or size changes. A file that is gone lets nobody in;
 * one that has a faulty line is not taken, the users of before stay, and the fault is logged once.
 */
final class UsersFile implements UserSource {
  /** Bytes; ten thousand users have about one million. */
  static final long MAX_SIZE = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final Path file;
  private @Nullable FileTime time;
  private long size = -1;
  private @Nullable Users users;

  /**
   * @throws IllegalArgumentException if the file cannot be read now
   */
  UsersFile(Path file) {
    this.file = file;
    try {
      look();
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized @Nullable Users users() {
    try {
      look();
    } catch (NoSuchFileException e) {
      if (users != null) {
        LOG.error("users file {} is gone; nobody is let in until it is back", file);
      }
      users = null;
      size = -1;
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("users file {} is not taken, the users of before stay: {}", file, e.getMessage());
    }
    return users;
  }

  private void look() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    if (now.size() == size && now.lastModifiedTime().equals(time)) {
      return;
    }
    time = now.lastModifiedTime();
    size = now.size();
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException("larger than " + MAX_SIZE + " bytes");
    }
    users = Users.parse(Files.readAllLines(file));
    LOG.info("read {} users from {}", users.size(), file);
  }
}
