// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An identity from PKCS#12 for each configuration. */
@Component(
    name = ImportedIdentity.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ImportedIdentity.Config.class, factory = true)
public final class ImportedIdentity {
  static final String PID = "dev.divan.tls.imported";

  /** The configuration of an imported identity. */
  @ObjectClassDefinition(
      name = "Divan imported TLS identity",
      description = "A private key with its certificates, from PKCS#12")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "The service property name; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "Label",
        description = "Under which it is kept; default: the name",
        required = false)
    String label() default "";

    @AttributeDefinition(
        name = "PKCS#12, Base64",
        description = "Either this or the file",
        required = false)
    String certBase64() default "";

    @AttributeDefinition(
        name = "PKCS#12 file",
        description = "Either this or the Base64",
        required = false)
    String file() default "";

    @AttributeDefinition(
        name = "Password",
        description = "Of the PKCS#12",
        type = AttributeType.PASSWORD,
        required = false)
    String _password() default "";
  }

  private final IdentityService service;

  @Activate
  public ImportedIdentity(
      BundleContext context, @Reference TLSIdentities identities, Map<String, Object> properties) {
    service =
        new IdentityService(
            context,
            PID,
            settings ->
                identities.importIdentity(
                    settings.label(), settings.pkcs12(), settings.password()));
    service.publish(properties);
  }

  @Modified
  void modified(Map<String, Object> properties) {
    service.publish(properties);
  }

  @Deactivate
  void deactivate() {
    service.withdraw();
  }
}
