// SPDX-License-Identifier: Apache-2.0
package dev.divan.inventory.part;

import dev.divan.inventory.text.Facts;
import dev.divan.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.framework.ServiceReference;

/** The stores, and of those that name a directory, what it takes of its disk. */
final class Stores implements Part {
  /** Files looked at: a disk full of blobs must not keep support waiting. */
  private static final int MOST = 10_000;

  private final Services services;

  Stores(Services services) {
    this.services = services;
  }

  @Override
  public Object tell() {
    return services.each(Store.class, Stores::facts);
  }

  private static Object facts(ServiceReference<Store> reference, Store store) {
    Facts facts =
        new Facts()
            .add("name", Services.text(reference, "name"))
            .add("kind", Services.text(reference, "service.factoryPid"))
            .add(
                "keeps after a restart", !"false".equals(Services.text(reference, "store.durable")))
            .add("durability", Services.text(reference, "durability"))
            .add("databases", new TreeSet<>(store.names()));
    String directory = Services.text(reference, "directory");
    return directory == null || directory.isBlank()
        ? facts
        : facts.add("directory", directory).add("disk", Part.told(() -> disk(Path.of(directory))));
  }

  private static Facts disk(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> some = files.filter(Files::isRegularFile).limit(MOST).toList();
      long bytes = some.stream().mapToLong(Stores::size).sum();
      return new Facts()
          .add(some.size() == MOST ? "at least bytes" : "bytes", bytes)
          .add("free bytes", Files.getFileStore(directory).getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a file that has gone meanwhile, none. */
  private static long size(Path file) {
    return Math.max(0, file.toFile().length());
  }
}
