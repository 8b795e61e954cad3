// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import dev.divan.tls.keeper.Identities;
import java.nio.file.Path;
import java.time.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The identities of this framework, in the directory configured or the usual one. */
@Component(service = TLSIdentities.class, configurationPid = IdentityKeeper.PID)
@Designate(ocd = IdentityKeeper.Config.class)
public final class IdentityKeeper extends Identities {
  static final String PID = "dev.divan.tls";

  /** Where identities are kept. */
  @ObjectClassDefinition(
      name = "Divan TLS identities",
      description = "Where private keys and certificates are kept")
  @interface Config {
    @AttributeDefinition(
        name = "Directory",
        description = "Default: divan/identities in Karaf's data directory, or the bundle's own",
        required = false)
    String directory() default "";
  }

  @Activate
  public IdentityKeeper(BundleContext context, Config config) {
    super(directory(context, config.directory().strip()), Clock.systemUTC(), new Users(context));
  }

  private static Path directory(BundleContext context, String configured) {
    if (!configured.isEmpty()) {
      return Path.of(configured);
    }
    String karaf = context.getProperty("karaf.data");
    return karaf != null && !karaf.isBlank()
        ? Path.of(karaf, "divan", "identities")
        : context.getDataFile("identities").toPath();
  }
}
