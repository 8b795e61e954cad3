// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.Thresholds;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thresholds of all checks; a change counts from the next look on. */
@Component(name = HealthSettings.PID, service = HealthSettings.class, immediate = true)
@Designate(ocd = HealthSettings.Config.class)
public final class HealthSettings {
  static final String PID = "dev.divan.health";

  /** The thresholds, for consoles. */
  @ObjectClassDefinition(
      name = "Divan health",
      description = "From where on the health checks warn")
  @interface Config {
    @AttributeDefinition(
        name = "Certificate warning, days",
        description = "A certificate that expires within so many days is amber",
        min = "0",
        required = false)
    int certificateWarnDays() default 30;

    @AttributeDefinition(
        name = "Stuck after, minutes",
        description = "A replicator that is busy so long without any progress is amber",
        min = "1",
        required = false)
    int stuckMinutes() default 5;

    @AttributeDefinition(
        name = "Pending after, minutes",
        description = "Documents to push whose number has not fallen for so long are amber",
        min = "1",
        required = false)
    int pendingMinutes() default 15;

    @AttributeDefinition(
        name = "Disk warning, MB",
        description = "Less room than this is amber",
        min = "0",
        required = false)
    int diskWarnMB() default 1000;

    @AttributeDefinition(
        name = "Disk critical, MB",
        description = "Less room than this is red",
        min = "0",
        required = false)
    int diskCriticalMB() default 200;

    @AttributeDefinition(
        name = "Clock jump, seconds",
        description = "A clock that moves by more than this between two looks is amber",
        min = "1",
        required = false)
    int clockJumpSeconds() default 60;

    @AttributeDefinition(
        name = "Directories",
        description = "Watched for room beside those of the stores",
        required = false)
    String[] directories() default {};
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.health");

  private final Notice notice;
  private volatile Thresholds thresholds;

  @Activate
  public HealthSettings(BundleContext context, Map<String, Object> properties) {
    this.notice = new Notice(context);
    this.thresholds = Thresholds.of(new Settings(PID, Map.of()));
    take(new Settings(PID, properties));
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Thresholds before = thresholds;
    take(new Settings(PID, properties));
    if (!thresholds.equals(before)) LOG.info("health (hot): from the next look on {}", thresholds);
  }

  /** A faulty configuration leaves the thresholds as they were, and is said. */
  private void take(Settings settings) {
    try {
      thresholds = Thresholds.of(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, true));
      return;
    }
    notice.accepted();
  }

  /** Those of now. */
  Thresholds now() {
    return thresholds;
  }

  @Deactivate
  void deactivate() {
    notice.clear();
  }
}
