// SPDX-License-Identifier: Apache-2.0
package dev.divan.auth.password;

import dev.divan.auth.ListenerAuthenticator;
import dev.divan.instance.Notice;
import dev.divan.instance.Settings;
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
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger("dev.divan.listener");

  private final BundleContext context;
  private final Notice notice;
  private final PasswordAuthenticator authenticator = new PasswordAuthenticator(() -> null);
  private @Nullable ServiceRegistration<ListenerAuthenticator> registration;

  @Activate
  public PasswordAuthenticatorInstance(BundleContext context, Map<String, Object> properties) {
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
    try {
      authenticator.use(UserSettings.source(settings));
    } catch (IllegalArgumentException e) {
      LOG.error("{}", notice.refused(settings, e, registration != null));
      return;
    }
    if (registration == null) {
      registration =
          context.registerService(ListenerAuthenticator.class, authenticator, settings.open());
    } else {
      registration.setProperties(settings.open());
      LOG.info(
          "listener authenticator {}: configured anew (hot: counts for the next login, sessions stay)",
          settings.name());
    }
    notice.accepted();
  }

  @Deactivate
  void deactivate() {
    notice.clear();
    if (registration != null) {
      registration.unregister();
    }
    authenticator.use(() -> null);
  }
}
