// SPDX-License-Identifier: Apache-2.0
package dev.divan.database.instance;

import dev.divan.database.move.Whereabouts;
import dev.divan.database.move.Whereabouts.Finding;
import dev.divan.database.move.Whereabouts.Memory;
import dev.divan.store.Store;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** Opens a database where it is, which may not be where it is wanted. */
final class Opening {
  private final BundleContext context;
  private final Stores stores;
  private final DatabaseSettings settings;
  private final MemoryFile memoryFile;

  /** What came of it. */
  sealed interface Outcome permits Opened, Waits {}

  record Opened(Tenancy tenancy) implements Outcome {}

  /**
   * Nothing can be opened yet.
   *
   * @param sentence what it waits for, for an operator
   */
  record Waits(String sentence) implements Outcome {}

  Opening(BundleContext context, Stores stores, DatabaseSettings settings) {
    this.context = context;
    this.stores = stores;
    this.settings = settings;
    this.memoryFile = new MemoryFile(context, settings.name());
  }

  /**
   * @param wanted where the configuration wants it; null if no such store is there
   * @throws RuntimeException if the store cannot open it
   */
  Outcome in(Stores.@Nullable Choice wanted) {
    Memory memory = settings.moveContents() ? memoryFile.read() : null;
    Stores.Choice first = wanted == null && memory != null ? stores.named(memory.store()) : wanted;
    if (first == null) {
      return new Waits(sought(settings));
    }
    if (!settings.moveContents()) {
      Whereabouts.claim(settings.name(), first.store());
      return opened(first);
    }
    return first.named() ? found(first, memory) : opened(first);
  }

  static String sought(DatabaseSettings settings) {
    String filter = settings.storeFilter();
    return filter == null ? "waits for store" : "waits for store " + filter;
  }

  private Outcome found(Stores.Choice first, @Nullable Memory memory) {
    Finding finding =
        new Whereabouts(settings.name(), stores.names(), name -> store(first, name))
            .find(first.name(), memory);
    if (finding instanceof Finding.Away away) {
      return new Waits("waits for store (name=" + away.store() + "), where its contents are");
    }
    if (finding instanceof Finding.Lost lost) {
      return new Waits("is not opened: " + lost.why());
    }
    Finding.Here here = (Finding.Here) finding;
    Stores.Choice choice = choice(first, here.store());
    if (choice == null) {
      return new Waits("waits for store (name=" + here.store() + "), where its contents are");
    }
    if (here.reclaim()) {
      Whereabouts.claim(settings.name(), choice.store());
    }
    return opened(choice);
  }

  private @Nullable Store store(Stores.Choice first, String name) {
    Stores.Choice choice = choice(first, name);
    return choice == null ? null : choice.store();
  }

  /** Of several stores of one name the one that was chosen by more than its name. */
  private Stores.@Nullable Choice choice(Stores.Choice first, String name) {
    return name.equals(first.name()) ? first : stores.named(name);
  }

  private Outcome opened(Stores.Choice choice) {
    Tenancy opened = new Tenancy(context, settings.name(), choice);
    try {
      opened.collections(settings.collections());
    } catch (RuntimeException e) {
      opened.end();
      throw e;
    }
    memoryFile.write(opened.memory());
    return new Opened(opened);
  }
}
