// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A self-signed identity for each configuration; made once, found again by its label. */
@Component(
    name = SelfSignedIdentity.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SelfSignedConfig.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.tls.TLSIdentity\"",
    effective = "active")
public final class SelfSignedIdentity extends IdentityInstance {
  static final String PID = "dev.divan.tls.selfsigned";

  @Activate
  public SelfSignedIdentity(BundleContext context, @Reference TLSIdentities identities) {
    super(
        context,
        PID,
        (label, settings) ->
            identities.createIdentity(label, SelfSignedSettings.attributes(label, settings)));
  }
}
