// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** An identity from an entry of a key store for each configuration; it stays there. */
@Component(
    name = KeyStoreIdentity.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KeyStoreConfig.class, factory = true)
public final class KeyStoreIdentity extends IdentityInstance {
  static final String PID = "dev.divan.tls.keystore";

  @Activate
  public KeyStoreIdentity(BundleContext context, @Reference TLSIdentities identities) {
    super(context, PID, (label, settings) -> KeyStoreSettings.read(identities, label, settings));
  }
}
