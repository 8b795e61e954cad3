// SPDX-License-Identifier: Apache-2.0
package dev.divan.node.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Teaches File Install {@code PID~name.cfg.json}, as Karaf knows it. */
@Component(service = {ArtifactInstaller.class, JsonFiles.class})
public final class JsonFiles implements ArtifactInstaller {
  /** Under this name File Install notes the file a configuration is from; we do the same. */
  static final String FILE = "felix.fileinstall.filename";

  private final ConfigurationAdmin admin;
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  private volatile Runnable whenRefused = () -> {};

  @Activate
  public JsonFiles(@Reference ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** The files that could not be taken, with the reason. */
  Map<String, String> refused() {
    return Map.copyOf(refused);
  }

  /** Nobody else would hear of a file that led to no configuration. */
  void whenRefused(Runnable action) {
    whenRefused = action;
  }

  @Override
  public boolean canHandle(File artifact) {
    return artifact.getName().endsWith(ConfigurationFile.JSON);
  }

  @Override
  public void install(File artifact) throws IOException {
    update(artifact);
  }

  @Override
  public void update(File artifact) throws IOException {
    ConfigurationFile file = ConfigurationFile.of(artifact.getName());
    if (file == null) return;
    try {
      Hashtable<String, Object> properties = TypedJson.parse(Files.readAllBytes(artifact.toPath()));
      properties.put(FILE, artifact.getAbsoluteFile().toURI().toString());
      configuration(file).update(properties);
      refused.remove(file.file());
    } catch (IllegalArgumentException e) {
      refused.put(file.file(), String.valueOf(e.getMessage()));
      whenRefused.run();
    }
  }

  @Override
  public void uninstall(File artifact) throws IOException {
    ConfigurationFile file = ConfigurationFile.of(artifact.getName());
    if (file == null) return;
    refused.remove(file.file());
    configuration(file).delete();
  }

  private Configuration configuration(ConfigurationFile file) throws IOException {
    return file.instance() == null
        ? admin.getConfiguration(file.pid(), "?")
        : admin.getFactoryConfiguration(file.pid(), file.instance(), "?");
  }
}
