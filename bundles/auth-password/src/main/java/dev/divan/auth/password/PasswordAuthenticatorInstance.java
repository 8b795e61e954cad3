// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.instance.Settings;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** An authenticator for each configuration. A change counts from the next login on. */
@Component(
    name = PasswordAuthenticatorInstance.PID,
    service = {},
    immediate = true,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PasswordAuthenticatorInstance.Config.class, factory = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"dev.divan.auth.ListenerAuthenticator\"",
    effective = "active")
public final class PasswordAuthenticatorInstance {
  static final String PID = "dev.divan.listener.auth.password";

  /** The configuration of a password authenticator. */
  @ObjectClassDefinition(
      name = "Divan listener authenticator: password",
      description = "One user given here, or many in a file")
  @interface Config {
    @AttributeDefinition(
        name = "Name",
        description = "By which listeners choose it; default: the name part of the PID",
        required = false)
    String name() default "";

    @AttributeDefinition(
        name = "User name",
        description = "Either this or the users file",
        required = false)
    String username() default "";

    @AttributeDefinition(
        name = "Password",
        description = "Hashed at once; better give the hash",
        type = AttributeType.PASSWORD,
        required = false)
    String _password() default "";

    @AttributeDefinition(
        name = "Password hash",
        description = "pbkdf2-sha256$iterations$salt$hash",
        type = AttributeType.PASSWORD,
        required = false)
    String _passwordHash() default "";

    @AttributeDefinition(
        name = "Users file",
        description = "Lines name:hash or name:hash:role,role; read again when it changes",
        required = false)
    String users() default "";
  }

  private final PasswordAuthenticator authenticator;
  private final ServiceRegistration<ListenerAuthenticator> registration;

  @Activate
  public PasswordAuthenticatorInstance(BundleContext context, Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    authenticator = new PasswordAuthenticator(UserSettings.source(settings));
    registration =
        context.registerService(ListenerAuthenticator.class, authenticator, settings.open());
  }

  @Modified
  void modified(Map<String, Object> properties) {
    Settings settings = new Settings(PID, properties);
    authenticator.use(UserSettings.source(settings));
    registration.setProperties(settings.open());
  }

  @Deactivate
  void deactivate() {
    registration.unregister();
    authenticator.use(() -> null);
  }
}
