// SPDX-License-Identifier: Apache-2.0
package dev.divan.health.check;

import dev.divan.health.rule.ClockRule;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.LongSupplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the clock shows a time that can be, and goes evenly. */
@Component(
    service = HealthCheck.class,
    immediate = true,
    property = {
      HealthCheck.NAME + "=Divan clock",
      HealthCheck.TAGS + "=divan",
      HealthCheck.TAGS + "=tls"
    })
public final class ClockCheck implements HealthCheck {
  /** A header of this bundle. */
  private static final String BUILT = "Divan-Built";

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private final HealthSettings settings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final ClockRule rule;

  @Activate
  public ClockCheck(BundleContext context, @Reference HealthSettings settings) {
    this(
        settings,
        built(context.getBundle().getHeaders("").get(BUILT)),
        Clock.systemUTC(),
        System::nanoTime);
  }

  ClockCheck(HealthSettings settings, Instant built, Clock clock, LongSupplier nanos) {
    this.settings = settings;
    this.clock = clock;
    this.nanos = nanos;
    this.rule = new ClockRule(built, clock.instant(), nanos.getAsLong());
  }

  static Instant built(@Nullable String header) {
    try {
      return header == null ? FIRST : Instant.parse(header);
    } catch (DateTimeParseException e) {
      return FIRST;
    }
  }

  @Override
  public Result execute() {
    return Report.of(rule.judge(clock.instant(), nanos.getAsLong(), settings.now()));
  }
}
