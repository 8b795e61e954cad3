// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.xodus;

import dev.divan.store.files.Durability;
import java.nio.file.Path;
import jetbrains.exodus.core.dataStructures.Pair;
import jetbrains.exodus.env.Environment;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;
import jetbrains.exodus.io.DataReader;
import jetbrains.exodus.io.DataReaderWriterProvider;
import jetbrains.exodus.io.DataWriter;
import jetbrains.exodus.io.FileDataReader;
import jetbrains.exodus.log.Log;
import jetbrains.exodus.log.LogConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens Xodus the way this store uses it. */
final class Engine {
  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.store");

  // Xodus keeps one cache and a few threads for all environments of the process; the first to open
  // sets the size, the last to close takes both away. Guarded by this class.
  private static int environments;
  private static int sharedCacheMB;

  // The cleaner holds writes off for this long at a time; trades their latency for its progress.
  private static final int CLEANER_TURN_MILLIS = 50;

  // A lookup reads a page of this size for a document of one: trades scattered reads for long ones.
  // With 64 KB, Xodus' own choice, a scan of documents of 1 KB takes four times as long.
  private static final int PAGE = 8 << 10;

  private Engine() {}

  static Environment open(Path folder, Durability durability, int cacheSizeMB) {
    int shared = enter(cacheSizeMB);
    try {
      if (shared != cacheSizeMB) {
        LOG.warn(
            "The cache of {} MB that the first Xodus store asked for is shared; cacheSizeMB={} for"
                + " {} has no effect while a space of another is open",
            shared,
            cacheSizeMB,
            folder);
      }
      return environment(folder, durability, shared);
    } catch (RuntimeException e) {
      leave();
      throw e;
    }
  }

  /** Closes; whether or not that throws, the environment is done with. */
  static void close(Environment environment) {
    try {
      environment.close();
    } catch (RuntimeException e) {
      closeForcedly(environment);
      throw e;
    } finally {
      leave();
    }
  }

  private static void closeForcedly(Environment environment) {
    try {
      environment.getEnvironmentConfig().setEnvCloseForcedly(true);
      environment.close();
    } catch (RuntimeException e) {
      LOG.debug("Closing by force failed as well", e);
    }
  }

  private static synchronized int enter(int cacheSizeMB) {
    if (environments++ == 0) {
      sharedCacheMB = cacheSizeMB;
      EngineThreads.start();
    }
    return sharedCacheMB;
  }

  @SuppressWarnings("deprecation") // for tests only, it says; but nothing else lets go of the heap
  private static synchronized void leave() {
    if (--environments == 0) {
      EngineThreads.stop();
      Log.invalidateSharedCache();
    }
  }

  private static Environment environment(Path folder, Durability durability, int cacheMB) {
    EnvironmentConfig config =
        new EnvironmentConfig(name -> null)
            .setMemoryUsage((long) cacheMB << 20)
            .setLogDurableWrite(durability == Durability.COMMIT)
            .setLogCachePageSize(PAGE)
            .setFullFileReadonly(false)
            // Where the directory lies is the operator's choice.
            .setLogAllowRemovable(true)
            .setLogAllowRemote(true)
            .setLogAllowRamDisk(true)
            .setGcTransactionTimeout(CLEANER_TURN_MILLIS)
            // Neither JMX beans, nor figures, nor a thread to watch for transactions never ended.
            .setManagementEnabled(false)
            .setEnvGatherStatistics(false)
            .setEnvMonitorTxnsExpirationTimeout(0);
    FileDataReader reader = new FileDataReader(folder.toFile());
    return Environments.newInstance(new OwnFiles(reader), config);
  }

  /** Xodus would look for a provider by name through service loaders; this hands it over. */
  private static final class OwnFiles extends LogConfig {
    private final DataReaderWriterProvider provider;

    OwnFiles(FileDataReader reader) {
      DataWriter writer = new LogFiles(reader);
      setReaderWriter(reader, writer);
      provider =
          new DataReaderWriterProvider() {
            @Override
            public Pair<DataReader, DataWriter> newReaderWriter(String location) {
              return new Pair<>(reader, writer);
            }
          };
    }

    @Override
    public DataReaderWriterProvider getReaderWriterProvider() {
      return provider;
    }
  }
}
