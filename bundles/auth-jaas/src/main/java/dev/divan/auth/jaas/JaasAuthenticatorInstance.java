// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.jaas;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An authenticator for each configuration. A change counts from the next login on. */
@Component(
    name = JaasAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = JaasAuthenticatorInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.auth.ListenerAuthenticator\"",
    effective = "active")
public final class JaasAuthenticatorInstance {
  static final String PID = "dev.divan.listener.auth.jaas";

  /** The configuration of a JAAS authenticator. */
  @ObjectClassDefinition(
      name = "Divan listener authenticator: JAAS",
      description = "The users of a JAAS realm, such as Karaf's")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "By which listeners choose it; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(name = "Realm", description = "Name of the JAAS realm; Karaf has karaf")
    String realm();

    @AttributeDefinition(
        name = "Required role",
        description = "Who lacks it stays out; default: every user of the realm may come in",
        required = false)
    String requiredRole() default "";

    @AttributeDefinition(
        name = "Role principals",
        description = "How the class names of principals end that are roles",
        required = false)
    String[] rolePrincipals() default {"RolePrincipal", "GroupPrincipal"};
  }

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final BundleContext context;
  private final Notice notice;
  private @Nullable JaasAuthenticator authenticator;
  private @Nullable ServiceRegistration<ListenerAuthenticator> registration;

  @Activate
  public JaasAuthenticatorInstance(BundleContext context, Map<String, Object> properties) {
    this.context = context;
    this.notice = new Notice(context);
    take(new Settings(PID, properties));
  }

  @Modified
  void modified(Map<String, Object> properties) {
    take(new Settings(PID, properties));
  }

  /** After a faulty change those who could log in before still can, and nobody else. */
  private void take(Settings settings) {
    Realm realm;
    try {
      realm = realm(settings);
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, registration != null));
      return;
    }
    if (authenticator == null || registration == null) {
      authenticator = new JaasAuthenticator(realm);
      registration =
          context.registerService(ListenerAuthenticator.class, authenticator, settings.open());
    } else {
      authenticator.use(realm);
      registration.setProperties(settings.open());
      LOG.info(
          "listener authenticator {}: configured anew (hot: counts for the next login, sessions stay)",
          settings.name());
    }
    notice.accepted();
  }

  private static Realm realm(Settings settings) {
    String name = settings.required("realm", "the name of the JAAS realm, such as karaf");
    List<String> rolePrincipals = settings.list("rolePrincipals");
    return new Realm(
        name,
        settings.text("requiredRole"),
        rolePrincipals.isEmpty() ? Realm.DEFAULT_ROLE_PRINCIPALS : rolePrincipals);
  }

  @Deactivate
  void deactivate() {
    notice.clear();
    if (registration != null) {
      registration.unregister();
    }
  }
}
