// SPDX-License-Identifier: Apache-2.0
package dev.divan.tls.instance;

import dev.divan.tls.TLSIdentities;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A self-signed identity for each configuration; made once, found again by its label. */
@Component(
    name = SelfSignedIdentity.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SelfSignedIdentity.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.tls.TLSIdentity\"",
    effective = "active")
public final class SelfSignedIdentity {
  static final String PID = "dev.divan.tls.selfsigned";

  /** The configuration of a self-signed identity. */
  @ObjectClassDefinition(
      name = "Divan self-signed TLS identity",
      description = "Made on first use and kept under its label")
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
        name = "Expiration",
        description = "ISO 8601, not in the past; default: a year after it is made",
        required = false)
    String expiration() default "";

    @AttributeDefinition(
        name = "Common name",
        description = "Of the certificate's subject; default: the label",
        required = false)
    String commonName() default "";

    @AttributeDefinition(name = "Organization", required = false)
    String organization() default "";

    @AttributeDefinition(name = "Organization unit", required = false)
    String organizationUnit() default "";

    @AttributeDefinition(name = "E-mail address", required = false)
    String emailAddress() default "";

    @AttributeDefinition(
        name = "Subject alternative names",
        description = "Host names and IP addresses",
        required = false)
    String[] subjectAlternativeNames() default {};
  }

  private final IdentityService service;

  @Activate
  public SelfSignedIdentity(
      BundleContext context, @Reference TLSIdentities identities, Map<String, Object> properties) {
    service =
        new IdentityService(
            context,
            PID,
            settings -> identities.createIdentity(settings.label(), settings.attributes()));
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
