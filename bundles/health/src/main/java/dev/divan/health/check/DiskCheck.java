// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.DiskFacts;
import dev.divan.health.rule.DiskRule;
import dev.divan.store.Store;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Whether there is room where the stores keep their files: in the directory they name, else in
 * Karaf's data directory, else in their bundle's data area.
 */
@Component(
    service = HealthCheck.class,
    property = {
      HealthCheck.NAME + "=Divan disk space",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=store"
    })
public final class DiskCheck implements HealthCheck {
  private final BundleContext context;
  private final Services services;
  private final HealthSettings settings;

  @Activate
  public DiskCheck(BundleContext context, @Reference HealthSettings settings) {
    this.context = context;
    this.services = new Services(context);
    this.settings = settings;
  }

  @Override
  public Result execute() {
    Set<String> directories = new LinkedHashSet<>(settings.now().directories());
    for (String directory : services.each(Store.class, (reference, store) -> directory(reference)))
      if (directory != null) directories.add(directory);
    List<DiskFacts> disks = new ArrayList<>();
    Set<FileStore> seen = new LinkedHashSet<>();
    for (String directory : directories) {
      DiskFacts facts = facts(directory, seen);
      if (facts != null) disks.add(facts);
    }
    return Report.of(DiskRule.judge(disks, settings.now()));
  }

  private @Nullable String directory(ServiceReference<Store> reference) {
    String named = Services.text(reference, "directory");
    if (named != null) return named;
    String karaf = context.getProperty("karaf.data");
    if (karaf != null) return karaf;
    File area = reference.getBundle() == null ? null : reference.getBundle().getDataFile("");
    return area == null ? null : area.getPath();
  }

  /** Null if another directory on the same file system has been looked at. */
  private static @Nullable DiskFacts facts(String directory, Set<FileStore> seen) {
    try {
      FileStore files = Files.getFileStore(existing(Path.of(directory).toAbsolutePath()));
      if (!seen.add(files)) return null;
      return new DiskFacts(
          directory, files.getUsableSpace(), files.getTotalSpace(), files.isReadOnly(), null);
    } catch (IOException | InvalidPathException e) {
      return new DiskFacts(directory, 0, 0, false, e.toString());
    }
  }

  /** The directory, or the nearest one above it while it has not been made. */
  private static Path existing(Path directory) {
    Path there = directory;
    while (!Files.exists(there) && there.getParent() != null) there = there.getParent();
    return there;
  }
}
