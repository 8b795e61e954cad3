// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** An identity from PKCS#12 or PEM for each configuration. */
@Component(
    name = ImportedIdentity.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ImportedConfig.class, factory = true)
public final class ImportedIdentity extends IdentityInstance {
  static final String PID = "dev.divan.tls.imported";

  @Activate
  public ImportedIdentity(BundleContext context, @Reference TLSIdentities identities) {
    super(context, PID, (label, settings) -> ImportedSettings.read(identities, label, settings));
  }
}
